package io.dynlock;

import io.dynlock.internal.protocol.Loss;

/**
 * Tells users of the protocol's losses.
 */
final class LossReasons {

	private LossReasons() {
	}

	/** The reason for a loss. */
	static LossReason of(Loss loss) {
		return switch (loss.cause()) {
			case EXPIRED -> new LossReason.Expired();
			case UNREACHABLE -> loss.failure()
				.<LossReason>map((failure) -> new LossReason.Unreachable(failure.message(), failure.cause()))
				.orElseGet(LossReason.Expired::new);
			case TAKEN -> loss.holder()
				.<LossReason>map((holder) -> new LossReason.Taken(LockStatus.of(holder)))
				.orElseGet(LossReason.ForceReleased::new);
			case FORCE_RELEASED -> new LossReason.ForceReleased();
			case CLOSED -> new LossReason.Closed();
		};
	}

}
