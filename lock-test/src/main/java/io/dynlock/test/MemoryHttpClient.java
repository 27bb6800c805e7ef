package io.dynlock.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Where the SDK's clients send their requests: no further than to an object. Clients of
 * different regions have different tables, whatever their endpoints and credentials are,
 * which do not tell tables apart for locks either. Thread-safe.
 */
final class MemoryHttpClient implements SdkHttpClient {

	/** The region in which a request is signed. */
	private static final Pattern REGION = Pattern.compile("Credential=[^/]*/[0-9]+/([^/]+)/");

	private final Map<String, MemoryServer> servers = new ConcurrentHashMap<>();

	private final Supplier<MemoryServer> server;

	private volatile boolean connected = true;

	/**
	 * Creates a client.
	 * @param server makes the server of a region
	 */
	MemoryHttpClient(Supplier<MemoryServer> server) {
		this.server = server;
	}

	void connected(boolean connected) {
		this.connected = connected;
	}

	@Override
	public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
		return new ExecutableHttpRequest() {

			@Override
			public HttpExecuteResponse call() throws IOException {
				if (!MemoryHttpClient.this.connected) {
					throw new ConnectException("The DynamoDB in memory is disconnected");
				}
				return send(request);
			}

			@Override
			public void abort() {
				// nothing is ever under way for long
			}

		};
	}

	private HttpExecuteResponse send(HttpExecuteRequest request) throws IOException {
		String target = request.httpRequest().firstMatchingHeader("X-Amz-Target").orElse("");
		try (InputStream body = request.contentStreamProvider().orElseThrow().newStream()) {
			JsonNode json = JsonNode.parser().parse(body);
			return response(200, server(request).answer(target.substring(target.lastIndexOf('.') + 1), json));
		}
		catch (RefusedException ex) {
			return response(400, ex.body());
		}
	}

	private MemoryServer server(HttpExecuteRequest request) {
		Matcher region = REGION.matcher(request.httpRequest().firstMatchingHeader("Authorization").orElse(""));
		return this.servers.computeIfAbsent(region.find() ? region.group(1) : "", (name) -> this.server.get());
	}

	private static HttpExecuteResponse response(int status, Map<String, JsonNode> body) {
		byte[] bytes = Json.text(body).getBytes(StandardCharsets.UTF_8);
		return HttpExecuteResponse.builder()
			.response(SdkHttpFullResponse.builder()
				.statusCode(status)
				.putHeader("Content-Type", "application/x-amz-json-1.0")
				.build())
			.responseBody(AbortableInputStream.create(new ByteArrayInputStream(bytes)))
			.build();
	}

	@Override
	public void close() {
		// holds nothing
	}

	@Override
	public String clientName() {
		return "InMemory";
	}

}
