package io.dynlock.sample.locks;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.dynlock.LockStatus;
import org.jspecify.annotations.Nullable;

/**
 * A held lock, as the API shows it.
 *
 * @param key the lock
 * @param holder who holds it
 * @param since since when
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LockView(String key, @Nullable String holder, @Nullable Instant since) {

	static LockView of(LockStatus status) {
		return new LockView(status.key(), status.owner().orElse(null), status.acquiredAt().orElse(null));
	}

}
