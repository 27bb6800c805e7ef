package io.dynlock.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One instance of the service, as its callers see it.
 */
record Instance(HttpClient http, int port) {

	private static final Pattern TOKEN = Pattern.compile("\"fencingToken\":(\\d+)");

	static Instance at(int port) {
		return new Instance(HttpClient.newHttpClient(), port);
	}

	Answer deploy(String environment, String version, int seconds, String wait) {
		return deployAsync(environment, version, seconds, wait).join();
	}

	CompletableFuture<Answer> deployAsync(String environment, String version, int seconds, String wait) {
		HttpRequest request = request("/deployments/" + environment + "?wait=" + wait)
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"version\":\"" + version + "\",\"seconds\":" + seconds + "}"))
			.build();
		return this.http.sendAsync(request, BodyHandlers.ofString())
			.thenApply((response) -> new Answer(response.statusCode(), response.body()));
	}

	Answer get(String path) {
		return send(request(path).GET().build());
	}

	Answer delete(String path) {
		return send(request(path).DELETE().build());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path));
	}

	private Answer send(HttpRequest request) {
		try {
			var response = this.http.send(request, BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	record Answer(int status, String body) {

		long token() {
			Matcher matcher = TOKEN.matcher(this.body);
			assertThat(matcher.find()).as(this.body).isTrue();
			return Long.parseLong(matcher.group(1));
		}

	}

}
