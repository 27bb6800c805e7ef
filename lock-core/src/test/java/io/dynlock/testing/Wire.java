package io.dynlock.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The wire between one process and DynamoDB: notes every HTTP request, the SDK's own
 * repetitions included, and can be cut, lose answers, or bring others than were sent. It
 * sits below the SDK, so that the SDK does with a fault what it would do in earnest.
 */
public final class Wire implements SdkHttpClient {

	private static final String DYNAMODB_JSON = "application/x-amz-json-1.0";

	private static final BackoffStrategy PAUSE = BackoffStrategy.fixedDelay(Duration.ofMillis(20));

	private final SdkHttpClient http = Apache5HttpClient.create();

	private final List<Sent> sent = new CopyOnWriteArrayList<>();

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	/**
	 * A client at this end of the wire, with the SDK's own settings but quick retries.
	 */
	public DynamoDbClient client(URI endpoint) {
		return client(endpoint, 3);
	}

	/**
	 * A client at this end of the wire.
	 * @param endpoint what the wire leads to
	 * @param maxAttempts how often the SDK sends a request at most
	 */
	public DynamoDbClient client(URI endpoint, int maxAttempts) {
		return RawTable.clientBuilder(endpoint)
			.httpClient(this)
			.overrideConfiguration(
					(configuration) -> configuration.retryStrategy((strategy) -> strategy.maxAttempts(maxAttempts)
						.backoffStrategy(PAUSE)
						.throttlingBackoffStrategy(PAUSE)))
			.build();
	}

	/** Everything that was sent, in order, also what got lost. */
	public List<Sent> sent() {
		return List.copyOf(this.sent);
	}

	/** What was sent of one kind. */
	public List<Sent> sent(Predicate<Sent> which) {
		return this.sent.stream().filter(which).toList();
	}

	/** How much was sent of one kind. */
	public int count(Predicate<Sent> which) {
		return sent(which).size();
	}

	/** Forgets what was sent. */
	public void reset() {
		this.sent.clear();
	}

	/** From now on, the fault befalls all such requests, until {@link #heal}. */
	public Wire always(Predicate<Sent> which, Fault fault) {
		return next(Integer.MAX_VALUE, which, fault);
	}

	/** The fault befalls the next such requests. */
	public Wire next(int times, Predicate<Sent> which, Fault fault) {
		this.rules.add(new Rule(which, new AtomicInteger(times), fault));
		return this;
	}

	/** Nothing gets through, until {@link #heal}. */
	public Wire cut() {
		return always((sent) -> true, Fault.UNREACHABLE);
	}

	/** No more faults. */
	public void heal() {
		this.rules.clear();
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new Call(request);
	}

	@Override
	public void close() {
		this.http.close();
	}

	@Override
	public String clientName() {
		return "Wire";
	}

	private Optional<Fault> fault(Sent request) {
		return this.rules.stream().filter((rule) -> rule.befalls(request)).findFirst().map(Rule::fault);
	}

	/**
	 * A request.
	 *
	 * @param operation DynamoDB's name of the operation
	 * @param body its JSON
	 */
	public record Sent(String operation, String body) {

		/** What takes a lock. */
		public static final Predicate<Sent> ACQUIRE = operation("UpdateItem").and(contains("leaseId = :leaseId,"));

		/** What prolongs a lease. */
		public static final Predicate<Sent> RENEW = operation("UpdateItem").and(contains("\"SET version = version +"));

		/** What makes a lock permanent. */
		public static final Predicate<Sent> SETTLE = operation("UpdateItem")
			.and(contains("SET leaseId = :permanentId"));

		/** What frees a lock. */
		public static final Predicate<Sent> RELEASE = operation("DeleteItem")
			.or(operation("UpdateItem").and(contains("REMOVE leaseId")));

		/** What looks at a lock. */
		public static final Predicate<Sent> READ = operation("GetItem");

		/** All requests of one operation. */
		public static Predicate<Sent> operation(String operation) {
			return (sent) -> sent.operation.equals(operation);
		}

		private static Predicate<Sent> contains(String text) {
			return (sent) -> sent.body.contains(text);
		}

	}

	/** What happens to a request instead of simply being answered. */
	@FunctionalInterface
	public interface Fault {

		/** There is nobody: the request is never sent. */
		Fault UNREACHABLE = (exchange) -> {
			throw new ConnectException("The wire is cut");
		};

		/** The request takes effect, the answer never arrives. */
		Fault ANSWER_LOST = (exchange) -> {
			discard(exchange.send());
			throw new SocketException("The answer is lost");
		};

		/**
		 * The request never arrives, and nobody says so: the client has waited enough.
		 */
		Fault TIMEOUT = (exchange) -> {
			throw new SocketTimeoutException("Read timed out");
		};

		/** The request takes effect, but the client has waited enough. */
		Fault TIMEOUT_AFTERWARDS = (exchange) -> {
			discard(exchange.send());
			throw new SocketTimeoutException("Read timed out");
		};

		/** Something between here and DynamoDB answers in its place. */
		Fault ANSWERED_BY_A_PROXY = (exchange) -> Wire.response(200, "text/html",
				"<html><head><title>Welcome</title></head><body>Please sign in</body></html>");

		/** Something between here and DynamoDB says yes to everything. */
		Fault ANSWERED_BY_A_STUB = (exchange) -> Wire.response(200, "application/json", "{}");

		/** The request takes effect, but the server says that something went wrong. */
		Fault ANSWERED_500 = (exchange) -> {
			discard(exchange.send());
			return answer(500, "InternalServerError", "Something went wrong");
		};

		/** The server asks for patience; nothing takes effect. */
		Fault THROTTLED = refused("ThrottlingException", "Rate exceeded");

		/** The account has no right to this. */
		Fault ACCESS_DENIED = refused("AccessDeniedException", "User: me is not authorized to perform this");

		/**
		 * What comes back.
		 * @param exchange the request
		 * @throws IOException if nothing comes back
		 */
		HttpExecuteResponse befall(Exchange exchange) throws IOException;

		/** The server refuses; nothing takes effect. */
		static Fault refused(String code, String message) {
			return (exchange) -> answer(400, code, message);
		}

		/** The answer arrives as something else. */
		static Fault answered(UnaryOperator<String> change) {
			return (exchange) -> {
				HttpExecuteResponse response = exchange.send();
				byte[] body = new byte[0];
				if (response.responseBody().isPresent()) {
					try (InputStream stream = response.responseBody().get()) {
						body = stream.readAllBytes();
					}
				}
				return Wire.response(response.httpResponse().statusCode(), DYNAMODB_JSON,
						change.apply(new String(body, StandardCharsets.UTF_8)));
			};
		}

		/** The request takes effect, and its thread is interrupted meanwhile. */
		static Fault interrupting() {
			return (exchange) -> {
				HttpExecuteResponse response = exchange.send();
				Thread.currentThread().interrupt();
				return response;
			};
		}

		/** The request takes effect, the answer waits. */
		static Fault answerHeld(CountDownLatch until) {
			return (exchange) -> {
				HttpExecuteResponse response = exchange.send();
				await(until);
				return response;
			};
		}

		/** The request waits before it is sent. */
		static Fault held(CountDownLatch until) {
			return (exchange) -> {
				await(until);
				return exchange.send();
			};
		}

		/** Gives the connection back. */
		private static void discard(HttpExecuteResponse response) {
			response.responseBody().ifPresent(AbortableInputStream::abort);
		}

		private static void await(CountDownLatch until) throws IOException {
			try {
				until.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new InterruptedIOException("Interrupted on the wire");
			}
		}

		private static HttpExecuteResponse answer(int status, String code, String message) {
			return Wire.response(status, DYNAMODB_JSON, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code
					+ "\",\"message\":\"" + message + "\",\"Message\":\"" + message + "\"}");
		}

	}

	/** A request on its way. */
	@FunctionalInterface
	public interface Exchange {

		/**
		 * Sends it, and waits for the answer.
		 * @throws IOException if that fails
		 */
		HttpExecuteResponse send() throws IOException;

	}

	/** Without the checksum that the server would have sent along. */
	private static HttpExecuteResponse response(int status, String contentType, String body) {
		AbortableInputStream stream = AbortableInputStream
			.create(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
		return HttpExecuteResponse.builder()
			.response(SdkHttpFullResponse.builder().statusCode(status).putHeader("Content-Type", contentType).build())
			.responseBody(stream)
			.build();
	}

	private record Rule(Predicate<Sent> which, AtomicInteger left, Fault fault) {

		boolean befalls(Sent request) {
			return this.which.test(request) && this.left.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
		}

	}

	private final class Call implements ExecutableHttpRequest {

		private final HttpExecuteRequest request;

		private final List<ExecutableHttpRequest> underWay = new ArrayList<>();

		private Call(HttpExecuteRequest request) {
			this.request = request;
		}

		@Override
		public HttpExecuteResponse call() throws IOException {
			Sent sending = new Sent(operation(), body());
			Wire.this.sent.add(sending);
			Optional<Fault> fault = fault(sending);
			return fault.isPresent() ? fault.get().befall(this::send) : send();
		}

		private HttpExecuteResponse send() throws IOException {
			ExecutableHttpRequest sending = Wire.this.http.prepareRequest(this.request);
			synchronized (this) {
				this.underWay.add(sending);
			}
			return sending.call();
		}

		private String operation() {
			String target = this.request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
			return target.substring(target.lastIndexOf('.') + 1);
		}

		private String body() {
			return this.request.contentStreamProvider().map((content) -> {
				try (InputStream stream = content.newStream()) {
					return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).orElse("");
		}

		@Override
		public synchronized void abort() {
			this.underWay.forEach(ExecutableHttpRequest::abort);
		}

	}

}
