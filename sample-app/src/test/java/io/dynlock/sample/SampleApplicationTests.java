package io.dynlock.sample;

import java.time.Duration;

import io.dynlock.Lease;
import io.dynlock.autoconfigure.DynlockTemplateCustomizer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "dynlock.embedded.port=0")
class SampleApplicationTests extends RunningSample {

	@Autowired
	@Qualifier("observationDynlockTemplateCustomizer")
	DynlockTemplateCustomizer observations;

	@Autowired
	MeterRegistry meters;

	@Test
	void laterDeploymentsHaveHigherTokens() {
		Instance instance = Instance.at(this.port);
		long first = instance.deploy("test", "1.0", 0, "5s").token();
		long second = instance.deploy("test", "1.1", 0, "5s").token();
		assertThat(second).isGreaterThan(first);
		assertThat(instance.get("/deployments").body()).contains("1.0", "1.1");
	}

	@Test
	void aSecondDeploymentIsToldWhoHoldsTheLock() {
		Instance instance = Instance.at(this.port);
		try (Lease lease = this.locks.acquire("deployment:prod")) {
			Instance.Answer answer = instance.deploy("prod", "1.1", 0, "0s");
			assertThat(answer.status()).isEqualTo(423);
			assertThat(answer.body()).contains(this.locks.owner(), "\"since\"");
			assertThat(instance.get("/locks").body()).contains("deployment:prod", this.locks.owner());
			assertThat(lease.isValid()).isTrue();
		}
		assertThat(instance.deploy("prod", "1.1", 0, "5s").status()).isEqualTo(200);
	}

	@Test
	void aLockCanBeFreedByName() {
		Instance instance = Instance.at(this.port);
		Lease lease = this.locks.acquire("deployment:stuck");
		assertThat(instance.delete("/locks/deployment:stuck").body()).contains(this.locks.owner());
		assertThat(instance.delete("/locks/deployment:stuck").status()).isEqualTo(404);
		assertThat(this.locks.tryAcquire("deployment:stuck", Duration.ZERO)).hasValueSatisfying(Lease::close);
		lease.close();
	}

	@Test
	void badInputIsRefused() {
		Instance instance = Instance.at(this.port);
		assertThat(instance.deploy("prod", "no spaces", 0, "0s").status()).isEqualTo(400);
		assertThat(instance.deploy("prod", "1.0", -1, "0s").status()).isEqualTo(400);
		assertThat(instance.deploy("prod", "1.0", 0, "soon").status()).isEqualTo(400);
	}

	@Test
	void theEndpointOnlyShowsLocks() {
		Instance instance = Instance.at(this.port);
		try (Lease lease = this.locks.acquire("deployment:endpoint")) {
			assertThat(instance.get("/actuator/dynlock").body()).contains("deployment:endpoint");
			assertThat(instance.delete("/actuator/dynlock/default?key=deployment:endpoint").status()).isEqualTo(405);
			assertThat(lease.isValid()).isTrue();
		}
	}

	@Test
	void locksAreMeasured() {
		Instance instance = Instance.at(this.port);
		instance.deploy("measured", "1.0", 0, "5s");
		assertThat(instance.get("/actuator/metrics/dynlock.acquire.attempt").body()).contains("acquired", "deployment");
	}

	@Test
	void whatIsObservedIsNotMeasuredTwice() {
		assertThat(this.observations).isNotNull();
		this.locks.acquire("observed").close();
		assertThat(this.meters.get("dynlock.acquire").timers()).isNotEmpty()
			.allSatisfy((timer) -> assertThat(timer.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrder("client", "name", "outcome"));
		assertThat(this.meters.get("dynlock.hold").timers()).isNotEmpty()
			.allSatisfy((timer) -> assertThat(timer.getId().getTags()).extracting(Tag::getKey)
				.containsExactlyInAnyOrder("client", "name"));
		assertThat(this.meters.getMeters()).extracting((meter) -> meter.getId().getName())
			.noneMatch((name) -> name.startsWith("dynlock.") && name.endsWith(".active"));
	}

}
