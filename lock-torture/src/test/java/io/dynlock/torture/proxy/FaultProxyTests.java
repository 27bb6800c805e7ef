package io.dynlock.torture.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.TableWrite;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

class FaultProxyTests {

	private static final String ACQUIRE = "{\"Key\":{\"LockID\":{\"S\":\"a\"}},"
			+ "\"UpdateExpression\":\"SET leaseId = :leaseId, version = version + :one\","
			+ "\"ExpressionAttributeValues\":{\":leaseId\":{\"S\":\"lease\"}}}";

	private final AtomicInteger received = new AtomicInteger();

	private final TableLog log = new TableLog();

	private final HttpClient http = HttpClient.newHttpClient();

	private int sent;

	private HttpServer table;

	private FaultProxy proxy;

	@BeforeEach
	void start() throws IOException {
		this.table = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.table.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			this.received.incrementAndGet();
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
			exchange.close();
		});
		this.table.start();
		this.proxy = FaultProxy.start(3, URI.create("http://127.0.0.1:" + this.table.getAddress().getPort()), this.log);
	}

	@AfterEach
	void stop() throws IOException {
		this.proxy.close();
		this.table.stop(0);
	}

	@Test
	void withoutTroubleRequestsAndAnswersPassAndTheirWritesAreNoted() throws Exception {
		assertThat(send().get()).extracting(HttpResponse::statusCode, HttpResponse::body).containsExactly(200, "{}");
		assertThat(this.log.writes()).extracting(TableWrite::worker, TableWrite::key, TableWrite::leaseId)
			.containsExactly(tuple(3, "a", "lease"));
	}

	@Test
	void aDroppedAnswerIsThatOfARequestThatTookEffect() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> befallen(FaultKind.ANSWER_DROPPED));
		assertThat(this.log.writes()).hasSize(this.received.get()).isNotEmpty();
	}

	@Test
	void aResetRequestIsLost() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> befallen(FaultKind.RESET));
		assertThat(this.sent - this.received.get()).isEqualTo(1);
	}

	@Test
	void errorsAreAnsweredAsDynamoDbDoes() throws Exception {
		assertThat(befallen(FaultKind.SERVER_ERROR)).extracting(HttpResponse::statusCode).isEqualTo(500);
		HttpResponse<String> throttled = befallen(FaultKind.THROTTLED);
		assertThat(throttled.statusCode()).isEqualTo(400);
		assertThat(throttled.body()).containsAnyOf("ThrottlingException", "ProvisionedThroughputExceededException");
	}

	@Test
	void aRequestThatWasCutOffIsNeverAnswered() throws Exception {
		this.proxy.begin(FaultKind.CUT_LONG);
		CompletableFuture<HttpResponse<String>> answer = send();
		await().until(() -> this.log.befallen(FaultKind.CUT_LONG) > 0);
		assertThat(answer).isNotDone();
		this.proxy.end();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> answer.get(10, TimeUnit.SECONDS));
		assertThat(this.received).hasValue(0);
		assertThat(send().get().statusCode()).isEqualTo(200);
	}

	/** The answer to the first request that a fault befalls. */
	private HttpResponse<String> befallen(FaultKind kind) throws Exception {
		this.proxy.begin(kind);
		HttpResponse<String> answer = send().get();
		while (this.log.befallen(kind) == 0) {
			answer = send().get();
		}
		return answer;
	}

	private CompletableFuture<HttpResponse<String>> send() {
		this.sent++;
		return this.http.sendAsync(HttpRequest.newBuilder(this.proxy.endpoint())
			.header("X-Amz-Target", "DynamoDB_20120810.UpdateItem")
			.POST(HttpRequest.BodyPublishers.ofString(ACQUIRE))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

}
