package io.dynlock.torture.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the requests of a connection; those of the AWS SDK, which always say how long
 * they are.
 */
final class HttpRequestReader {

	private final InputStream input;

	HttpRequestReader(InputStream input) {
		this.input = input;
	}

	/** The next request; empty when the connection has been closed. */
	Optional<ProxiedRequest> read() throws IOException {
		String requestLine = line();
		if (requestLine.isEmpty()) {
			return Optional.empty();
		}
		Map<String, String> headers = new LinkedHashMap<>();
		for (String header = line(); !header.isEmpty(); header = line()) {
			int colon = header.indexOf(':');
			headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
		}
		String path = requestLine.split(" ", -1)[1];
		int length = headers.entrySet()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase("Content-Length"))
			.mapToInt((header) -> Integer.parseInt(header.getValue()))
			.findFirst()
			.orElse(0);
		byte[] body = this.input.readNBytes(length);
		if (body.length < length) {
			throw new EOFException("The client has gone in the middle of a request");
		}
		return Optional.of(new ProxiedRequest(path, headers, new String(body, StandardCharsets.UTF_8)));
	}

	/** A line without its end; empty, too, at the end of the stream. */
	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.input.read(); next >= 0 && next != '\n'; next = this.input.read()) {
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

}
