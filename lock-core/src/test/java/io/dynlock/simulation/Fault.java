package io.dynlock.simulation;

import java.time.Duration;
import java.util.Optional;

import io.dynlock.internal.protocol.Answer;
import io.dynlock.internal.protocol.LockRecord;
import io.dynlock.internal.protocol.Request;
import io.dynlock.internal.protocol.TableFailure;

/**
 * What happens to one request on its way to the table and back.
 */
@FunctionalInterface
public interface Fault {

	/**
	 * Decides the fate of a request.
	 * @param delivery the request, and what can become of it
	 * @return what its sender is told
	 */
	Answer carry(Delivery delivery);

	/** The write takes effect, and its sender does not learn of it. */
	static Fault loseAnswer() {
		return (delivery) -> {
			delivery.apply();
			return noAnswer();
		};
	}

	/** The request never arrives, and its sender cannot know. */
	static Fault loseRequest() {
		return (delivery) -> noAnswer();
	}

	/**
	 * The sender is told that there was no answer, and later the request takes effect.
	 * @param delay when
	 */
	static Fault landLate(Duration delay) {
		return (delivery) -> {
			delivery.later(delay);
			return noAnswer();
		};
	}

	/**
	 * Everything is well, and later a copy of the request arrives too.
	 * @param delay when
	 */
	static Fault repeatLate(Duration delay) {
		return (delivery) -> {
			delivery.later(delay);
			return delivery.apply();
		};
	}

	/**
	 * The request takes effect at once, and the answer takes a while.
	 * @param delay how long
	 */
	static Fault delayAnswer(Duration delay) {
		return (delivery) -> {
			Answer answer = delivery.apply();
			delivery.pass(delay);
			return answer;
		};
	}

	/**
	 * The request takes a while, and its effect is answered at once.
	 * @param delay how long
	 */
	static Fault delayRequest(Duration delay) {
		return (delivery) -> {
			delivery.pass(delay);
			return delivery.apply();
		};
	}

	/**
	 * There is no answer, and the sender waits a while before it gives up.
	 * @param timeout how long
	 */
	static Fault timeOut(Duration timeout) {
		return (delivery) -> {
			delivery.pass(timeout);
			return noAnswer();
		};
	}

	/**
	 * Something happens before the request takes effect.
	 * @param event what happens
	 */
	static Fault before(Runnable event) {
		return (delivery) -> {
			event.run();
			return delivery.apply();
		};
	}

	/**
	 * Something happens between the effect of the request and its answer.
	 * @param event what happens
	 */
	static Fault beforeAnswer(Runnable event) {
		return (delivery) -> {
			Answer answer = delivery.apply();
			event.run();
			return answer;
		};
	}

	/** The table refuses work for now. */
	static Fault throttle() {
		return fail(new TableFailure(TableFailure.Kind.THROTTLED, "Too many requests"));
	}

	/** The table refuses work for good. */
	static Fault reject() {
		return fail(new TableFailure(TableFailure.Kind.REJECTED, "Access denied"));
	}

	/**
	 * The request does not arrive.
	 * @param failure what its sender is told
	 */
	static Fault fail(TableFailure failure) {
		return (delivery) -> new Answer.Failed(failure);
	}

	/**
	 * A read finds what stood there before the last changes.
	 * @param changes how many changes it does not know of
	 */
	static Fault staleRead(int changes) {
		return (delivery) -> new Answer.Found(delivery.itemAgo(changes));
	}

	private static Answer noAnswer() {
		return new Answer.Failed(new TableFailure(TableFailure.Kind.NO_ANSWER, "No answer in time", true,
				Optional.empty(), Optional.of(new IllegalStateException("The connection is broken"))));
	}

	/**
	 * A request under way.
	 */
	interface Delivery {

		/** What is asked. */
		Request request();

		/** The request takes effect now. */
		Answer apply();

		/**
		 * The request, or a copy of it, takes effect later, and nobody is told.
		 * @param delay when
		 */
		void later(Duration delay);

		/**
		 * Time passes while the request is under way.
		 * @param duration how much
		 */
		void pass(Duration duration);

		/**
		 * What stood in the table some changes ago.
		 * @param changes how many
		 */
		Optional<LockRecord> itemAgo(int changes);

	}

}
