package io.dynlock.internal.table;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Printable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The attributes of an item, and what they say.
 */
final class LockItem {

	static final String KEY = "LockID";

	static final String LEASE_ID = "leaseId";

	static final String OWNER = "owner";

	static final String LEASE_MILLIS = "leaseMillis";

	static final String VERSION = "version";

	static final String ACQUIRED_AT = "acquiredAt";

	static final String NOTE = "note";

	static final String EXPIRES_AT = "expiresAt";

	/** The longest lease that is believed: ten years. */
	private static final long MAX_LEASE_MILLIS = 10L * 365 * 24 * 60 * 60 * 1000;

	/** The highest version from which a fencing token can be made; free, one less. */
	static final long MAX_VERSION = (1L << 47) - 1;

	private LockItem() {
	}

	static AttributeValue text(String value) {
		return AttributeValue.fromS(value);
	}

	static AttributeValue number(long value) {
		return AttributeValue.fromN(Long.toString(value));
	}

	static Map<String, AttributeValue> key(LockKey key) {
		return Map.of(KEY, text(key.value()));
	}

	/**
	 * Reads an item.
	 * @param item the attributes as stored
	 * @throws MalformedItemException if an attribute that the protocol rests on is not
	 * what it should be
	 */
	static LockRecord read(Map<String, AttributeValue> item) {
		LockKey key = key(item);
		Optional<String> leaseId = leaseId(item, key);
		long maxVersion = leaseId.isPresent() ? MAX_VERSION : MAX_VERSION - 1;
		OptionalLong version = number(item, VERSION, 1, maxVersion, key);
		if (leaseId.isPresent() && version.isEmpty()) {
			throw new MalformedItemException(key.toString(), VERSION, "is missing");
		}
		return new LockRecord(key, leaseId, people(item, OWNER), number(item, LEASE_MILLIS, 1, MAX_LEASE_MILLIS, key),
				version, acquiredAt(item), people(item, NOTE));
	}

	/**
	 * The version in the attributes that a write returned.
	 * @param item the attributes
	 * @param key the lock
	 */
	static long version(Map<String, AttributeValue> item, LockKey key) {
		return number(item, VERSION, 1, MAX_VERSION, key)
			.orElseThrow(() -> new MalformedItemException(key.toString(), VERSION, "is missing"));
	}

	private static LockKey key(Map<String, AttributeValue> item) {
		AttributeValue value = item.get(KEY);
		if (value == null || value.s() == null) {
			throw new MalformedItemException("?", KEY, "is missing or not a string");
		}
		try {
			return new LockKey(value.s());
		}
		catch (IllegalArgumentException ex) {
			throw new MalformedItemException(Printable.of(value.s()), KEY, "is no key of a lock");
		}
	}

	private static Optional<String> leaseId(Map<String, AttributeValue> item, LockKey key) {
		AttributeValue value = item.get(LEASE_ID);
		if (value == null) {
			return Optional.empty();
		}
		if (value.s() == null || value.s().isEmpty()) {
			throw new MalformedItemException(key.toString(), LEASE_ID, "is not a string");
		}
		return Optional.of(value.s());
	}

	private static OptionalLong number(Map<String, AttributeValue> item, String name, long min, long max, LockKey key) {
		AttributeValue value = item.get(name);
		if (value == null) {
			return OptionalLong.empty();
		}
		if (value.n() == null) {
			throw new MalformedItemException(key.toString(), name, "is not a number");
		}
		OptionalLong number = parse(value.n());
		if (number.isEmpty() || number.getAsLong() < min || number.getAsLong() > max) {
			throw new MalformedItemException(key.toString(), name,
					"is " + Printable.of(value.n()) + ", not a whole number from " + min + " to " + max);
		}
		return number;
	}

	private static OptionalLong parse(String number) {
		try {
			return OptionalLong.of(Long.parseLong(number));
		}
		catch (NumberFormatException ex) {
			return OptionalLong.empty();
		}
	}

	/** What only people read is left out when it cannot be read. */
	private static Optional<String> people(Map<String, AttributeValue> item, String name) {
		return Optional.ofNullable(item.get(name)).flatMap((value) -> Optional.ofNullable(value.s()));
	}

	private static OptionalLong acquiredAt(Map<String, AttributeValue> item) {
		AttributeValue value = item.get(ACQUIRED_AT);
		return (value != null && value.n() != null) ? parse(value.n()) : OptionalLong.empty();
	}

}
