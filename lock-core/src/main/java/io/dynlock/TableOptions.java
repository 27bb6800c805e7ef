package io.dynlock;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.dynlock.internal.table.TableSettings;

/**
 * Which table holds the locks, and how it is treated. Immutable.
 */
public final class TableOptions {

	/** The name of the table: {@value}. */
	public static final String DEFAULT_TABLE = "dynlock";

	/** How long the item of a released lock is kept at least. */
	public static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

	/** How long to wait for the table to become ACTIVE. */
	public static final Duration DEFAULT_ACTIVE_TIMEOUT = Duration.ofSeconds(60);

	private static final Pattern TABLE_NAME = Pattern.compile("[a-zA-Z0-9_.-]{3,255}|arn:[a-zA-Z0-9:/_.-]{1,1020}");

	private final TableSettings settings;

	private final TableCreation creation;

	private TableOptions(Builder builder) {
		this.creation = builder.creation;
		this.settings = new TableSettings(builder.table, builder.creation == TableCreation.CREATE,
				builder.creation != TableCreation.NONE, Collections.unmodifiableMap(new LinkedHashMap<>(builder.tags)),
				builder.deletionProtection, builder.timeToLive, builder.activeTimeout,
				builder.releaseMode == ReleaseMode.RETAIN, builder.retention, builder.requestTimeout);
	}

	/** The defaults. */
	public static TableOptions withDefaults() {
		return builder().build();
	}

	/** A builder that starts from the defaults. */
	public static Builder builder() {
		return new Builder();
	}

	/** The name of the table, or its ARN. */
	public String table() {
		return this.settings.name();
	}

	/** What is done about the table before its first use. */
	public TableCreation creation() {
		return this.creation;
	}

	/** Tags of a table that is created. */
	public Map<String, String> tags() {
		return this.settings.tags();
	}

	/** Whether a table that is created is protected from deletion. */
	public boolean deletionProtection() {
		return this.settings.deletionProtection();
	}

	/** Whether a table that is created removes items that have been free for long. */
	public boolean timeToLive() {
		return this.settings.timeToLive();
	}

	/** How long to wait for the table to become ACTIVE. */
	public Duration activeTimeout() {
		return this.settings.activeTimeout();
	}

	/** What a release does with the lock's item. */
	public ReleaseMode releaseMode() {
		return this.settings.keepItems() ? ReleaseMode.RETAIN : ReleaseMode.DELETE;
	}

	/** How long the item of a released lock is kept at least; zero for ever. */
	public Duration retention() {
		return this.settings.retention();
	}

	/** How long one request may take, the SDK's retries included. */
	public Duration requestTimeout() {
		return this.settings.requestTimeout();
	}

	TableSettings settings() {
		return this.settings;
	}

	/**
	 * Builds {@link TableOptions}. Each method throws {@link IllegalArgumentException},
	 * naming the argument, its value and the remedy, when given something that cannot be.
	 * Not thread-safe.
	 */
	public static final class Builder {

		private String table = DEFAULT_TABLE;

		private TableCreation creation = TableCreation.CREATE;

		private Map<String, String> tags = Map.of();

		private boolean deletionProtection;

		private boolean timeToLive = true;

		private Duration activeTimeout = DEFAULT_ACTIVE_TIMEOUT;

		private ReleaseMode releaseMode = ReleaseMode.RETAIN;

		private Duration retention = DEFAULT_RETENTION;

		private Duration requestTimeout = Duration.ofSeconds(5);

		private Builder() {
		}

		/**
		 * The name of the table, or its ARN. Defaults to
		 * {@value TableOptions#DEFAULT_TABLE}.
		 * @param table a name that DynamoDB accepts
		 */
		public Builder table(String table) {
			Arguments.check(TABLE_NAME.matcher(table).matches(), "table", table,
					"use 3 to 255 letters, digits, '_', '-' and '.', or an ARN");
			this.table = table;
			return this;
		}

		/**
		 * What is done about the table before its first use. Defaults to
		 * {@link TableCreation#CREATE}.
		 * @param creation the mode
		 */
		public Builder creation(TableCreation creation) {
			this.creation = creation;
			return this;
		}

		/**
		 * Tags of a table that is created. Defaults to none.
		 * @param tags keys and values
		 */
		public Builder tags(Map<String, String> tags) {
			this.tags = tags;
			return this;
		}

		/**
		 * Whether a table that is created is protected from deletion. Defaults to
		 * {@code false}.
		 * @param deletionProtection whether it is
		 */
		public Builder deletionProtection(boolean deletionProtection) {
			this.deletionProtection = deletionProtection;
			return this;
		}

		/**
		 * Whether a table that is created removes items that have been free for longer
		 * than {@link #retention}, through DynamoDB's time to live. Defaults to
		 * {@code true}.
		 * @param timeToLive whether it does
		 */
		public Builder timeToLive(boolean timeToLive) {
			this.timeToLive = timeToLive;
			return this;
		}

		/**
		 * How long to wait for the table to become ACTIVE. Defaults to 60 seconds.
		 * @param activeTimeout positive
		 */
		public Builder activeTimeout(Duration activeTimeout) {
			this.activeTimeout = Arguments.positive("activeTimeout", activeTimeout);
			return this;
		}

		/**
		 * What a release does with the lock's item. Defaults to
		 * {@link ReleaseMode#RETAIN}.
		 * @param releaseMode the mode
		 */
		public Builder releaseMode(ReleaseMode releaseMode) {
			this.releaseMode = releaseMode;
			return this;
		}

		/**
		 * How long the item of a released lock is kept at least, before the table's time
		 * to live may remove it. Defaults to 7 days. The next item then starts its
		 * fencing tokens from the clock, so keep this far above what clocks may be wrong
		 * by.
		 * @param retention at least one hour; zero for ever
		 */
		public Builder retention(Duration retention) {
			Arguments.notNegative("retention", retention);
			Arguments.check(retention.isZero() || retention.compareTo(Duration.ofHours(1)) >= 0, "retention", retention,
					"use at least one hour, or zero to keep items for ever");
			this.retention = retention;
			return this;
		}

		/**
		 * How long one request may take, the SDK's retries included. Defaults to 5
		 * seconds; a request whose lease would be over sooner gets less.
		 * @param requestTimeout positive
		 */
		public Builder requestTimeout(Duration requestTimeout) {
			this.requestTimeout = Arguments.positive("requestTimeout", requestTimeout);
			return this;
		}

		/** The options. */
		public TableOptions build() {
			return new TableOptions(this);
		}

	}

}
