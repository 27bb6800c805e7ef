package io.dynlock.simulation.schedule;

import java.util.Optional;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;

/**
 * Every write changes only what it names.
 */
final class NothingOfOthers implements Invariant {

	@Override
	public void changed(Request request, Optional<LockRecord> before, Optional<LockRecord> after) {
		if (request instanceof Request.Acquire acquire) {
			boolean free = before.isEmpty() || before.get().isFree();
			boolean named = isHeldBy(before, acquire.leaseId()) || acquire.runOut()
				.filter((runOut) -> isHeldBy(before, runOut.leaseId())
						&& before.get().version().getAsLong() == runOut.version())
				.isPresent();
			check(free || named, request, before);
			check(before.isEmpty() || before.get().version().getAsLong() < after.get().version().getAsLong(), request,
					before);
		}
		else if (request instanceof Request.Renew renew) {
			check(isHeldBy(before, renew.leaseId()) && isHeldBy(after, renew.leaseId()), request, before);
		}
		else if (request instanceof Request.MakePermanent lock) {
			check(isHeldBy(before, lock.leaseId()) || isHeldBy(before, lock.permanentId()), request, before);
		}
		else if (request instanceof Request.Release release) {
			check(isHeldBy(before, release.leaseId()), request, before);
		}
		else if (request instanceof Request.ReleaseForeign) {
			check(before.filter(LockRecord::isForeign).isPresent(), request, before);
		}
	}

	@Override
	public void answered(Request request, Optional<LockRecord> before, Answer answer) {
		if (request instanceof Request.Acquire acquire && answer instanceof Answer.Refused
				&& isHeldBy(before, acquire.leaseId())) {
			throw new Violation("No wedge", request + " is refused by itself");
		}
	}

	private static boolean isHeldBy(Optional<LockRecord> item, String leaseId) {
		return item.filter((held) -> held.isHeldBy(leaseId)).isPresent();
	}

	private static void check(boolean holds, Request request, Optional<LockRecord> before) {
		if (!holds) {
			throw new Violation("Nothing of others", request + " changed " + before);
		}
	}

}
