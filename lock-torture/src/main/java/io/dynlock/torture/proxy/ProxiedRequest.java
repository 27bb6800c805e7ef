package io.dynlock.torture.proxy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.dynlock.testing.Wire;
import io.dynlock.torture.evidence.TableWrite;

/**
 * A request to DynamoDB.
 *
 * @param path its path
 * @param headers its headers
 * @param body its JSON
 */
record ProxiedRequest(String path, Map<String, String> headers, String body) {

	/** Those that HTTP clients set themselves. */
	private static final Set<String> OF_THE_CONNECTION = caseInsensitive("Connection", "Content-Length", "Expect",
			"Host", "Transfer-Encoding", "Upgrade");

	private static final Pattern KEY = Pattern.compile("\"LockID\":\\{\"S\":\"([^\"]+)\"");

	private static final Pattern LEASE = Pattern.compile("\":leaseId\":\\{\"S\":\"([^\"]+)\"");

	private static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(Set.of(names));
		return set;
	}

	static boolean isOfTheConnection(String header) {
		return OF_THE_CONNECTION.contains(header);
	}

	HttpRequest to(URI endpoint) {
		HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.resolve(this.path))
			.POST(HttpRequest.BodyPublishers.ofString(this.body));
		this.headers.forEach((name, value) -> {
			if (!isOfTheConnection(name)) {
				request.header(name, value);
			}
		});
		return request.build();
	}

	/** What this does to a lock if it takes effect; empty if it does nothing. */
	Optional<TableWrite> toWrite(int worker, long at) {
		Matcher key = KEY.matcher(this.body);
		Matcher lease = LEASE.matcher(this.body);
		return kind().filter((kind) -> key.find() && lease.find())
			.map((kind) -> new TableWrite(worker, key.group(1), lease.group(1), kind, at));
	}

	private Optional<TableWrite.Kind> kind() {
		Wire.Sent sent = new Wire.Sent(operation(), this.body);
		if (Wire.Sent.ACQUIRE.test(sent)) {
			return Optional.of(TableWrite.Kind.ACQUIRE);
		}
		if (Wire.Sent.RENEW.test(sent)) {
			return Optional.of(TableWrite.Kind.RENEW);
		}
		return Wire.Sent.RELEASE.test(sent) ? Optional.of(TableWrite.Kind.RELEASE) : Optional.empty();
	}

	private String operation() {
		return this.headers.entrySet()
			.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase("X-Amz-Target"))
			.map((header) -> header.getValue().substring(header.getValue().lastIndexOf('.') + 1))
			.findFirst()
			.orElse("");
	}

}
