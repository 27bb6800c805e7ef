package io.dynlock.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;

/**
 * The DynamoDB in memory on a port of the loopback address, so that tests which count and
 * disturb requests on the wire can be run on it.
 */
public final class HttpFront implements AutoCloseable {

	private final MemoryHttpClient memory = new MemoryHttpClient(MemoryServer::new);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final HttpServer server;

	private HttpFront(HttpServer server) {
		this.server = server;
	}

	public static HttpFront start() throws IOException {
		// else each answer waits for an acknowledgement that comes 40 ms late
		System.setProperty("sun.net.httpserver.nodelay", "true");
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		HttpFront front = new HttpFront(server);
		server.setExecutor(front.threads);
		server.createContext("/", front::handle);
		server.start();
		return front;
	}

	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getAddress().getPort());
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		HttpExecuteRequest request = HttpExecuteRequest.builder()
			.request(SdkHttpFullRequest.builder()
				.method(SdkHttpMethod.POST)
				.uri(endpoint())
				.putHeader("X-Amz-Target", exchange.getRequestHeaders().getFirst("X-Amz-Target"))
				.build())
			.contentStreamProvider(() -> new ByteArrayInputStream(body))
			.build();
		HttpExecuteResponse response = this.memory.prepareRequest(request).call();
		try (InputStream answer = response.responseBody().orElseThrow();
				OutputStream out = exchange.getResponseBody()) {
			byte[] bytes = answer.readAllBytes();
			exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
			exchange.sendResponseHeaders(response.httpResponse().statusCode(), bytes.length);
			out.write(bytes);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
		this.threads.shutdownNow();
	}

}
