package io.dynlock.torture.proxy;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import io.dynlock.torture.evidence.FaultKind;

/**
 * What a proxy does to requests now. Thread-safe.
 */
final class Trouble {

	private final AtomicReference<Optional<Spell>> spell = new AtomicReference<>(Optional.empty());

	void begin(FaultKind kind) {
		end();
		this.spell.set(Optional.of(new Spell(kind, new CountDownLatch(1), new CountDownLatch(1))));
	}

	void end() {
		this.spell.getAndSet(Optional.empty()).ifPresent((over) -> over.end().countDown());
	}

	Optional<Spell> now() {
		return this.spell.get();
	}

	/** A cut, if there is one now. */
	Optional<Spell> cut() {
		return now().filter((current) -> current.kind().isCut());
	}

	/**
	 * A time of trouble.
	 *
	 * @param kind which
	 * @param befallen is counted down at the first request that it befalls
	 * @param end is counted down at its end
	 */
	record Spell(FaultKind kind, CountDownLatch befallen, CountDownLatch end) {

	}

}
