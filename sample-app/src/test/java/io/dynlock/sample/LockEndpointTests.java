package io.dynlock.sample;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import io.dynlock.DistributedLockTemplate;
import io.dynlock.Lease;
import io.dynlock.sample.Instance.Answer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the Actuator shows over HTTP, to who may also write, of an application with the
 * health check.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "dynlock.embedded.port=0", "management.endpoint.dynlock.access=unrestricted",
				"management.health.dynlock.enabled=true", "management.endpoint.health.show-details=always" })
class LockEndpointTests extends RunningSample {

	private static final String PATH = "/actuator/dynlock";

	@Autowired
	DynamoDbClient client;

	@Test
	void showsWhatIsHeldHere() {
		try (Lease lease = this.locks.acquire("deployment:shown")) {
			JsonNode client = json(get(PATH)).get("clients").get("default");
			assertThat(client.get("table").asString()).isEqualTo("dynlock");
			JsonNode held = client.get("held").get(0);
			assertThat(held.get("key").asString()).isEqualTo("deployment:shown");
			assertThat(held.get("fencingToken").asLong()).isEqualTo(lease.fencingToken());
			assertThat(held.get("since").asString()).matches("\\d{4}-.*Z");
			assertThat(held.get("validUntil").asString()).matches("\\d{4}-.*Z");
			assertThat(held.get("waiters").asInt()).isZero();
		}
	}

	@Test
	void showsTheTablePageByPage() {
		try (Lease first = this.locks.acquire("page/1"); Lease second = this.locks.acquire("page/2")) {
			JsonNode page = json(get(PATH + "/default?limit=1"));
			assertThat(page.get("locks")).hasSize(1);
			String next = page.get("next").asString();
			JsonNode rest = json(get(PATH + "/default?after=" + encoded(next)));
			assertThat(rest.get("locks")).hasSizeGreaterThanOrEqualTo(1);
			assertThat(rest.hasNonNull("next")).isFalse();
			assertThat(first.isValid() && second.isValid()).isTrue();
		}
	}

	@Test
	void freesALockWhateverItsKey() {
		String key = "a b/c?d=e&f%g";
		try (Lease lease = this.locks.acquire(key)) {
			assertThat(json(delete(key)).get("released").asBoolean()).isTrue();
			assertThat(lease.isValid()).isFalse();
			assertThat(json(delete(key)).get("released").asBoolean()).isFalse();
		}
	}

	@Test
	void whatPeopleWroteCannotBreakOutOfTheJson() {
		String hostile = "a\",\"held\":[]}\r\n\u0000<script>\u2028\\";
		try (DistributedLockTemplate others = DistributedLockTemplate.builder(this.client).owner(hostile).build();
				Lease lease = others.acquire(hostile, others.options().toBuilder().note(hostile).build())) {
			Answer endpoint = get(PATH + "/default?limit=1000");
			Answer service = get("/locks");
			assertThat(endpoint.body() + service.body()).doesNotContain("\n", "\u0000");
			assertThat(json(endpoint).get("locks")).anySatisfy((lock) -> {
				assertThat(lock.get("key").asString()).isEqualTo(hostile);
				assertThat(lock.get("owner").asString()).isEqualTo(hostile);
				assertThat(lock.get("note").asString()).isEqualTo(hostile);
			});
			assertThat(json(service)).anySatisfy((lock) -> {
				assertThat(lock.get("key").asString()).isEqualTo(hostile);
				assertThat(lock.get("holder").asString()).isEqualTo(hostile);
			});
			assertThat(lease.isValid()).isTrue();
		}
	}

	@Test
	void refusesWhatCannotBe() {
		assertThat(get(PATH + "/other").status()).isEqualTo(400);
		assertThat(get(PATH + "/default?limit=0").status()).isEqualTo(400);
		assertThat(delete("").status()).isEqualTo(400);
	}

	@Test
	void theHealthOfTheTableIsShown() {
		JsonNode health = json(get("/actuator/health")).get("components").get("dynlock");
		assertThat(health.get("status").asString()).isEqualTo("UP");
		assertThat(health.get("details").get("default").get("table").asString()).isEqualTo("dynlock");
	}

	private Answer get(String path) {
		return Instance.at(this.port).get(path);
	}

	private Answer delete(String key) {
		return Instance.at(this.port).delete(PATH + "/default?key=" + encoded(key));
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static JsonNode json(Answer answer) {
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		return JsonMapper.builder().build().readTree(answer.body());
	}

}
