package io.dynlock;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

import io.dynlock.internal.protocol.LockKey;
import io.dynlock.internal.protocol.LockRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LockStatusTests {

	private static final LockKey KEY = new LockKey("a\nb");

	private static final LockStatus HELD = LockStatus.of(new LockRecord(KEY, Optional.of("id"), Optional.of("me\n"),
			OptionalLong.of(9_000), OptionalLong.of(7), OptionalLong.of(0), Optional.of("a\nnote")));

	private static final LockStatus FOREIGN = LockStatus.of(new LockRecord(KEY, Optional.empty(), Optional.empty(),
			OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty()));

	@Test
	void saysWhatTheItemSays() {
		assertThat(HELD).isEqualTo(
				new LockStatus("a\nb", true, Optional.of("id"), Optional.of("me\n"), Optional.of(Duration.ofSeconds(9)),
						Optional.of(Instant.EPOCH), Optional.of("a\nnote"), OptionalLong.of(7)));
		assertThat(FOREIGN.isHeld()).isTrue();
		assertThat(FOREIGN.leaseDuration()).isEmpty();
		assertThat(FOREIGN.acquiredAt()).isEmpty();
		assertThat(LockStatus.free(KEY)).isEqualTo(new LockStatus("a\nb", false, Optional.empty(), Optional.empty(),
				Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty()));
	}

	@Test
	void describesTheHolderForPeople() {
		assertThat(HELD.describeHolder()).isEqualTo("me\\u000a since 1970-01-01T00:00:00Z (a\\u000anote)");
		assertThat(FOREIGN.describeHolder())
			.isEqualTo("an unknown owner (a lock without a lease, as the Go package makes them)");
		assertThat(LockStatus.free(KEY).describeHolder()).isEqualTo("nobody");
	}

	@Test
	void forgesNoLine() {
		assertThat(HELD.toString()).contains("a\\u000ab", "me\\u000a", "a\\u000anote").doesNotContain("\n");
	}

}
