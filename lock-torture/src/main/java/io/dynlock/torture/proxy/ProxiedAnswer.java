package io.dynlock.torture.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer to a request.
 *
 * @param status its status code
 * @param headers its headers
 * @param body its bytes, each as a character
 */
record ProxiedAnswer(int status, Map<String, String> headers, String body) {

	static ProxiedAnswer of(HttpResponse<String> response) {
		Map<String, String> headers = new TreeMap<>();
		response.headers().map().forEach((name, values) -> {
			if (!ProxiedRequest.isOfTheConnection(name)) {
				headers.put(name, String.join(", ", values));
			}
		});
		return new ProxiedAnswer(response.statusCode(), headers, response.body());
	}

	/** DynamoDB's way to say that something went wrong. */
	static ProxiedAnswer error(int status, String type) {
		String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + type + "\",\"message\":\"Not today\"}";
		return new ProxiedAnswer(status, Map.of("Content-Type", "application/x-amz-json-1.0"), body);
	}

	boolean isSuccess() {
		return this.status == 200;
	}

	void writeTo(OutputStream output) throws IOException {
		StringBuilder whole = new StringBuilder("HTTP/1.1 " + this.status + " -\r\n");
		this.headers.forEach((name, value) -> whole.append(name).append(": ").append(value).append("\r\n"));
		whole.append("Content-Length: ").append(this.body.length()).append("\r\n\r\n").append(this.body);
		output.write(whole.toString().getBytes(StandardCharsets.ISO_8859_1));
		output.flush();
	}

}
