package io.dynlock.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/**
 * Where the SDK's client sends its requests: no further than to an object. Thread-safe.
 */
final class MemoryHttpClient implements SdkHttpClient {

	private final MemoryServer server;

	private volatile boolean connected = true;

	MemoryHttpClient(MemoryServer server) {
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
			return response(200, this.server.answer(target.substring(target.lastIndexOf('.') + 1), json));
		}
		catch (RefusedException ex) {
			return response(400, ex.body());
		}
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
