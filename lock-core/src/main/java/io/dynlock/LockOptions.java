package io.dynlock;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

import io.dynlock.internal.protocol.Printable;
import io.dynlock.internal.protocol.Terms;
import org.jspecify.annotations.Nullable;

/**
 * How to wait for a lock, and how to hold it. Immutable.
 * <p>
 * Options for one call are best made from the defaults of the template, so that what was
 * configured there stays: {@code locks.options().toBuilder().waitTimeout(...).build()}.
 */
public final class LockOptions {

	/** The name of a lock to which none is given: {@value}. */
	public static final String DEFAULT_NAME = "none";

	/** How long to wait when neither a time nor a number of retries limits it. */
	public static final Duration DEFAULT_WAIT_TIMEOUT = Duration.ofSeconds(60);

	/** The shortest pause between two attempts. */
	public static final Duration DEFAULT_SLEEP_BETWEEN_RETRIES = Duration.ofMillis(50);

	/** The longest pause between two attempts. */
	public static final Duration DEFAULT_MAX_SLEEP_BETWEEN_RETRIES = Duration.ofSeconds(2);

	/** How long a lease lasts without renewal. */
	public static final Duration DEFAULT_LEASE_DURATION = Duration.ofSeconds(30);

	/** The shortest lease: below it, renewals at a third of it would come too late. */
	public static final Duration MIN_LEASE_DURATION = Duration.ofMillis(300);

	/** The longest lease. */
	public static final Duration MAX_LEASE_DURATION = Duration.ofDays(365);

	/** The longest note, in characters. */
	public static final int MAX_NOTE_LENGTH = 512;

	private static final LockOptions DEFAULTS = new Builder().build();

	private final String name;

	private final @Nullable Duration waitTimeout;

	private final @Nullable Integer maxRetries;

	private final Duration sleepBetweenRetries;

	private final Duration maxSleepBetweenRetries;

	private final Duration leaseDuration;

	private final LeaseMode leaseMode;

	private final Duration minHold;

	private final @Nullable String note;

	private final LossPolicy onLoss;

	private final boolean waitForever;

	private LockOptions(Builder builder) {
		this.name = builder.name;
		this.waitTimeout = builder.waitTimeout;
		this.waitForever = builder.waitForever;
		this.maxRetries = builder.maxRetries;
		this.sleepBetweenRetries = builder.sleepBetweenRetries;
		this.maxSleepBetweenRetries = builder.maxSleepBetweenRetries;
		this.leaseDuration = builder.leaseDuration;
		this.leaseMode = builder.leaseMode;
		this.minHold = builder.minHold;
		this.note = builder.note;
		this.onLoss = builder.onLoss;
	}

	/** The library's defaults. */
	public static LockOptions withDefaults() {
		return DEFAULTS;
	}

	/** A builder that starts from the library's defaults. */
	public static Builder builder() {
		return new Builder();
	}

	/** A builder that starts from these options. */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** The name under which the lock appears in metrics. */
	public String name() {
		return this.name;
	}

	/**
	 * How long to wait for a lock that is held; empty for no limit of time. When nothing
	 * was set, 60 seconds, or no limit of time if {@link #maxRetries()} is set.
	 */
	public Optional<Duration> waitTimeout() {
		if (this.waitTimeout != null) {
			return Optional.of(this.waitTimeout);
		}
		return (this.waitForever || this.maxRetries != null) ? Optional.empty() : Optional.of(DEFAULT_WAIT_TIMEOUT);
	}

	/** How many attempts may follow the first; empty for no limit of number. */
	public OptionalInt maxRetries() {
		return (this.maxRetries != null) ? OptionalInt.of(this.maxRetries) : OptionalInt.empty();
	}

	/** The shortest pause between two attempts; pauses grow with the time waited. */
	public Duration sleepBetweenRetries() {
		return this.sleepBetweenRetries;
	}

	/** The longest pause between two attempts. */
	public Duration maxSleepBetweenRetries() {
		return this.maxSleepBetweenRetries;
	}

	/** How long a lease lasts without renewal. */
	public Duration leaseDuration() {
		return this.leaseDuration;
	}

	/** How long the lock is held when nobody releases it. */
	public LeaseMode leaseMode() {
		return this.leaseMode;
	}

	/** How long the lock stays held at least, even if it is released sooner. */
	public Duration minHold() {
		return this.minHold;
	}

	/** Text that shows in the lock's status. */
	public Optional<String> note() {
		return Optional.ofNullable(this.note);
	}

	/** What {@code execute} does when the lease is lost meanwhile. */
	public LossPolicy onLoss() {
		return this.onLoss;
	}

	Terms toTerms(String owner) {
		return new Terms(owner, this.leaseMode.holding(), this.leaseDuration.toMillis(), note(),
				waitTimeout().map(Duration::toNanos).orElse(Terms.FOREVER), maxRetries().orElse(Terms.UNLIMITED),
				this.sleepBetweenRetries.toNanos(),
				Math.max(this.sleepBetweenRetries.toNanos(), this.maxSleepBetweenRetries.toNanos()));
	}

	private Object[] values() {
		return new Object[] { this.name, Optional.ofNullable(this.waitTimeout), this.waitForever, maxRetries(),
				this.sleepBetweenRetries, this.maxSleepBetweenRetries, this.leaseDuration, this.leaseMode, this.minHold,
				note(), this.onLoss };
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof LockOptions options && Arrays.equals(values(), options.values());
	}

	@Override
	public int hashCode() {
		return Objects.hash(values());
	}

	@Override
	public String toString() {
		return "LockOptions[name=" + Printable.of(this.name) + ", waitTimeout="
				+ waitTimeout().map(Duration::toString).orElse("unlimited") + ", maxRetries="
				+ (maxRetries().isPresent() ? maxRetries().getAsInt() : "unlimited") + ", sleepBetweenRetries="
				+ this.sleepBetweenRetries + ", maxSleepBetweenRetries=" + this.maxSleepBetweenRetries
				+ ", leaseDuration=" + this.leaseDuration + ", leaseMode=" + this.leaseMode + ", minHold="
				+ this.minHold + ", note=" + note().map(Printable::of).orElse("") + ", onLoss=" + this.onLoss + "]";
	}

	/**
	 * Builds {@link LockOptions}. Each method throws {@link IllegalArgumentException},
	 * naming the argument, its value and the remedy, when given something that cannot be.
	 * Not thread-safe.
	 */
	public static final class Builder {

		private String name = DEFAULT_NAME;

		private @Nullable Duration waitTimeout;

		private boolean waitForever;

		private @Nullable Integer maxRetries;

		private Duration sleepBetweenRetries = DEFAULT_SLEEP_BETWEEN_RETRIES;

		private Duration maxSleepBetweenRetries = DEFAULT_MAX_SLEEP_BETWEEN_RETRIES;

		private Duration leaseDuration = DEFAULT_LEASE_DURATION;

		private LeaseMode leaseMode = LeaseMode.RENEWED;

		private Duration minHold = Duration.ZERO;

		private @Nullable String note;

		private LossPolicy onLoss = LossPolicy.THROW;

		private Builder() {
		}

		private Builder(LockOptions options) {
			this.name = options.name;
			this.waitTimeout = options.waitTimeout;
			this.waitForever = options.waitForever;
			this.maxRetries = options.maxRetries;
			this.sleepBetweenRetries = options.sleepBetweenRetries;
			this.maxSleepBetweenRetries = options.maxSleepBetweenRetries;
			this.leaseDuration = options.leaseDuration;
			this.leaseMode = options.leaseMode;
			this.minHold = options.minHold;
			this.note = options.note;
			this.onLoss = options.onLoss;
		}

		/**
		 * The name under which the lock appears in metrics; keep the number of different
		 * names low. Defaults to {@value LockOptions#DEFAULT_NAME}.
		 * @param name not blank
		 */
		public Builder name(String name) {
			Arguments.check(!name.isBlank(), "name", name, "give it at least one character that is not white space");
			this.name = name;
			return this;
		}

		/**
		 * How long to wait for a lock that is held. Defaults to 60 seconds, twice the
		 * default lease, so that waiting callers outlive a dead holder's lease; with
		 * {@link #maxRetries} alone, to no limit. The last attempt is made when this time
		 * is over.
		 * @param waitTimeout zero for not at all, otherwise positive
		 */
		public Builder waitTimeout(Duration waitTimeout) {
			this.waitTimeout = Arguments.notNegative("waitTimeout", waitTimeout);
			this.waitForever = false;
			return this;
		}

		/**
		 * Waits without limit of time.
		 */
		public Builder waitForever() {
			this.waitTimeout = null;
			this.waitForever = true;
			return this;
		}

		/**
		 * How many attempts may follow the first. Defaults to no limit. With
		 * {@link #waitTimeout} too, whichever is reached first ends the waiting.
		 * @param maxRetries 0 for a single attempt, otherwise positive
		 */
		public Builder maxRetries(int maxRetries) {
			Arguments.check(maxRetries >= 0, "maxRetries", maxRetries,
					"use 0 for a single attempt, or leave it out for no limit");
			this.maxRetries = maxRetries;
			return this;
		}

		/**
		 * The shortest pause between two attempts. A pause is a sixteenth of the time
		 * waited so far, from this up to {@link #maxSleepBetweenRetries}, and shorter by
		 * up to half at random. Defaults to 50 milliseconds.
		 * @param sleepBetweenRetries positive
		 */
		public Builder sleepBetweenRetries(Duration sleepBetweenRetries) {
			this.sleepBetweenRetries = Arguments.positive("sleepBetweenRetries", sleepBetweenRetries);
			return this;
		}

		/**
		 * The longest pause between two attempts. Defaults to 2 seconds; a longer
		 * {@link #sleepBetweenRetries} counts as well.
		 * @param maxSleepBetweenRetries positive
		 */
		public Builder maxSleepBetweenRetries(Duration maxSleepBetweenRetries) {
			this.maxSleepBetweenRetries = Arguments.positive("maxSleepBetweenRetries", maxSleepBetweenRetries);
			return this;
		}

		/**
		 * How long a lease lasts without renewal, and so how soon others get the lock of
		 * a process that died; renewals come at a third of it. Defaults to 30 seconds.
		 * Keep it well above the longest pause of the process and the time a request
		 * takes: 10 seconds or more in production.
		 * @param leaseDuration 300 milliseconds to 365 days
		 */
		public Builder leaseDuration(Duration leaseDuration) {
			Arguments.check(leaseDuration.compareTo(MIN_LEASE_DURATION) >= 0, "leaseDuration", leaseDuration,
					"use at least " + MIN_LEASE_DURATION + ", since a third of it must suffice for a renewal");
			Arguments.check(leaseDuration.compareTo(MAX_LEASE_DURATION) <= 0, "leaseDuration", leaseDuration,
					"use at most " + MAX_LEASE_DURATION + ", or the lease mode PERMANENT");
			this.leaseDuration = leaseDuration;
			return this;
		}

		/**
		 * How long the lock is held when nobody releases it. Defaults to
		 * {@link LeaseMode#RENEWED}.
		 * @param leaseMode the mode
		 */
		public Builder leaseMode(LeaseMode leaseMode) {
			this.leaseMode = leaseMode;
			return this;
		}

		/**
		 * How long the lock stays held at least, even if it is released sooner: for
		 * scheduled jobs that are shorter than the clocks of their hosts differ. Defaults
		 * to zero. The release then happens in the background.
		 * @param minHold zero or positive
		 */
		public Builder minHold(Duration minHold) {
			this.minHold = Arguments.notNegative("minHold", minHold);
			return this;
		}

		/**
		 * Text that shows in the lock's status, for people. Defaults to none.
		 * @param note at most 512 characters; empty for none
		 */
		public Builder note(String note) {
			Arguments.check(note.length() <= MAX_NOTE_LENGTH, "note", note.length() + " characters",
					"shorten it to " + MAX_NOTE_LENGTH);
			this.note = note.isEmpty() ? null : note;
			return this;
		}

		/**
		 * What {@code execute} does when the lease is lost meanwhile. Defaults to
		 * {@link LossPolicy#THROW}.
		 * @param onLoss the policy
		 */
		public Builder onLoss(LossPolicy onLoss) {
			this.onLoss = onLoss;
			return this;
		}

		/** The options. */
		public LockOptions build() {
			return new LockOptions(this);
		}

	}

}
