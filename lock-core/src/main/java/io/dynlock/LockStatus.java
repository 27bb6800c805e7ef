package io.dynlock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Printable;

/**
 * What the table says about a lock, at the time it was asked.
 * <p>
 * A holder that died still shows as holder until somebody takes the lock over, because
 * the table alone cannot tell.
 *
 * @param key the lock's key
 * @param isHeld whether somebody holds it
 * @param leaseId the random id of the acquisition that holds it; empty when it is free,
 * or held by the Go package, which has no such id
 * @param owner who holds it, for people
 * @param leaseDuration how long its lease lasts without renewal; empty when it is free,
 * or held until it is released
 * @param acquiredAt when it was acquired, by the holder's clock
 * @param note the holder's own text
 * @param version the counter of acquisitions and renewals
 */
public record LockStatus(String key, boolean isHeld, Optional<String> leaseId, Optional<String> owner,
		Optional<Duration> leaseDuration, Optional<Instant> acquiredAt, Optional<String> note, OptionalLong version) {

	static LockStatus free(LockKey key) {
		return new LockStatus(key.value(), false, Optional.empty(), Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty(), OptionalLong.empty());
	}

	static LockStatus of(LockRecord found) {
		return new LockStatus(found.key().value(), !found.isFree(), found.leaseId(), found.owner(),
				found.leaseMillis().isPresent() ? Optional.of(Duration.ofMillis(found.leaseMillis().getAsLong()))
						: Optional.empty(),
				found.acquiredAt().isPresent() ? Optional.of(Instant.ofEpochMilli(found.acquiredAt().getAsLong()))
						: Optional.empty(),
				found.note(), found.version());
	}

	LockRecord toRecord() {
		return new LockRecord(new LockKey(this.key), this.leaseId, this.owner, OptionalLong.empty(), this.version,
				OptionalLong.empty(), this.note);
	}

	/** The holder in words, fit for logs and messages. */
	public String describeHolder() {
		if (!this.isHeld) {
			return "nobody";
		}
		StringBuilder words = new StringBuilder(this.owner.map(Printable::of)
			.orElse("an unknown owner (a lock without a lease, as the Go package makes them)"));
		this.acquiredAt.ifPresent((time) -> words.append(" since ").append(time));
		this.note.ifPresent((text) -> words.append(" (").append(Printable.of(text)).append(')'));
		return words.toString();
	}

	/** All of it, fit for logs: what people wrote cannot look like a line of a log. */
	@Override
	public String toString() {
		return "LockStatus[key=" + Printable.of(this.key) + ", isHeld=" + this.isHeld + ", leaseId="
				+ this.leaseId.map(Printable::of) + ", owner=" + this.owner.map(Printable::of) + ", leaseDuration="
				+ this.leaseDuration + ", acquiredAt=" + this.acquiredAt + ", note=" + this.note.map(Printable::of)
				+ ", version=" + this.version + "]";
	}

}
