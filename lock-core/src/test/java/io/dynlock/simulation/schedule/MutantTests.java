package io.dynlock.simulation.schedule;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever is wrong with the protocol, the simulation finds it.
 */
class MutantTests {

	private static final int MAX_SCHEDULES = 10_000;

	static Stream<Mutant> mutants() {
		return Stream.of(
				// conditions, as the table checks them
				Mutant.ofTable("an acquisition takes a lock that is held", "item == null || item.isFree() ||",
						"true ||"),
				Mutant.ofTable("an acquisition does not recognise itself", "|| item.isHeldBy(acquire.leaseId())", ""),
				Mutant.ofTable("an acquisition that has watched a lease takes any later version of it",
						"&& item.version().equals(OptionalLong.of(runOut.version())))", ")"),
				Mutant.ofTable("a renewal renews whatever is held",
						"item(renew.key()).filter((item) -> item.isHeldBy(renew.leaseId()))",
						"item(renew.key()).filter((item) -> item.leaseId().isPresent())"),
				Mutant.ofTable("a release releases whatever is held",
						"item(release.key()).filter((item) -> item.isHeldBy(release.leaseId()))",
						"item(release.key()).filter((item) -> item.leaseId().isPresent())"),
				Mutant.ofTable("a release removes whatever the Go package does not hold",
						"item.filter(LockRecord::isForeign).isEmpty()", "item.isEmpty()"),
				Mutant.ofTable("a lease is made permanent whoever holds it",
						".filter((item) -> item.isHeldBy(lock.leaseId()) || item.isHeldBy(lock.permanentId()))",
						".filter((item) -> item.leaseId().isPresent())"),
				Mutant.ofTable("a permanent lock keeps the id of its lease",
						"with(mine.get(), lock.permanentId(), OptionalLong.empty())",
						"with(mine.get(), lock.leaseId(), OptionalLong.empty())"),
				// versions
				Mutant.ofTable("an acquisition that finds itself does not raise the version",
						"item.version().orElse(wallMillis)) + 1;",
						"item.version().orElse(wallMillis)) + ((item != null && item.isHeldBy(acquire.leaseId())) ? 0 : 1);"),
				Mutant.ofTable("a renewal does not raise the version",
						"OptionalLong.of(item.version().orElseThrow() + 1)",
						"OptionalLong.of(item.version().orElseThrow())"),
				Mutant.ofTable("the version begins anew with each acquisition",
						"((item == null) ? wallMillis : item.version().orElse(wallMillis)) + 1", "wallMillis"),
				Mutant.ofTable("a release forgets the version",
						"mine.get().version(), OptionalLong.empty(), Optional.empty()",
						"OptionalLong.of(0), OptionalLong.empty(), Optional.empty()"),
				// validity
				Mutant.of("a lease counts from the answer to its acquisition", "Acquisition",
						"	private Validity validity() {\n		return new Validity(this.before,",
						"	private Validity validity() {\n		return new Validity(this.time.now(),"),
				Mutant.of("a lease counts from the answer to its renewal", "LeaseKeeper",
						"lease.renewed(before, prolong)", "lease.renewed(this.time.now(), prolong)"),
				Mutant.of("a lease is granted whenever its answer comes", "Acquisition", "!validity().holds(now)",
						"false"),
				Mutant.of("a lease is granted when the wall clock alone says that it is over", "Acquisition",
						"!validity().holds(now)", "validity().hasRunOut(now)"),
				Mutant.of("a lease is granted when the monotonic clock alone says that it is over", "Acquisition",
						"!validity().holds(now)", "validity().isSuspect(now)"),
				Mutant.of("the wall clock is ignored", "Validity", "!hasRunOut(now) && !isSuspect(now)",
						"!hasRunOut(now)"),
				Mutant.of("the monotonic clock is ignored", "Validity", "return remainingNanos(now) <= 0;",
						"return false;"),
				Mutant.of("an acquisition that came too late keeps its id", "Acquisition",
						"	private void renounce() {\n		this.leaseId = this.ids.get();",
						"	private void renounce() {"),
				// watching
				Mutant.of("a lease is watched for no longer than it lasts", "Watches",
						" + leaseMillis * NANOS_PER_MILLI / 50", ""),
				Mutant.of("a lease is watched for half its time", "Watches",
						"leaseMillis * NANOS_PER_MILLI + leaseMillis",
						"leaseMillis * NANOS_PER_MILLI / 2 + leaseMillis"),
				Mutant.of("a watch counts from the sending of the request", "Acquisition",
						"	private Step polled(Answer answer, Reading now) {",
						"	private Step polled(Answer answer, Reading later) {\n		Reading now = new Reading(this.attemptNanos, later.wallMillis());"),
				Mutant.of("a refusal counts from the sending of the request", "Acquisition",
						"this.watches.refusedBy(held, now.nanos());\n				return",
						"this.watches.refusedBy(held, this.before.nanos());\n				return"),
				Mutant.of("a renewed lease is watched as if it had not been renewed", "Watches",
						"known.sighting.equals(sighting)", "known.sighting.leaseId().equals(sighting.leaseId())"),
				Mutant.of("a watch begins anew with each look", "Watches",
						"known != null && known.sighting.equals(sighting)", "false"),
				// losses and releases
				Mutant.of("a loss is not told", "LeaseKeeper", "				listener.lost(loss);\n",
						"				loss.cause();\n"),
				Mutant.of("the end of a lease is not watched", "LeaseKeeper",
						"		if (lease.grant().holding() != Holding.PERMANENT) {\n			watchExpiry(lease);\n		}\n",
						""),
				Mutant.of("a lease that ran out is blamed on somebody else", "HeldLease",
						": Loss.of(Loss.Cause.EXPIRED)", ": Loss.of(Loss.Cause.TAKEN)"),
				Mutant.of("a suspect lease is released unasked", "LeaseKeeper",
						"lease.validity().hasRunOut(now) || lease.validity().isSuspect(now)))", "false))"),
				Mutant.of("a suspect lease that cannot be confirmed is released as if it were held", "LeaseKeeper",
						"(failure) -> lease.validity().isSuspect(this.time.now())", "(failure) -> false"),
				Mutant.of("a failed release is not repeated", "LeaseKeeper",
						"this.leftovers.release(grant);\n					return", "return"),
				Mutant.of("an acquisition in doubt is not released", "Acquisition",
						"		if (this.doubtful) {\n			this.leftovers.add(this.leaseId);\n		}\n", ""),
				Mutant.of("a client that is closed keeps its leases", "LeaseKeeper",
						"lose(lease, Loss.of(Loss.Cause.CLOSED));", "lease.isHeld();"),
				Mutant.of("timers of an ended lease are not cancelled", "HeldLease",
						"		this.renewal.cancel();\n		this.expiry.cancel();\n", ""),
				// the line inside a process
				Mutant.of("a lock is handed on whether it is valid or not", "Tenures",
						"&& this.leases.remainingNanos(lease) >= lease.validity().leaseNanos() / 3", ""),
				Mutant.of("a lock is handed on with the token of its acquisition", "Tenure",
						"this.handOns + 1, this.keepNanos", "this.handOns, this.keepNanos"),
				Mutant.of("nobody is called when a lock was given back", "Tenures",
						"			this.queue.pass(tenure.place(), standBack ? released + standBackNanos(tenure, released - now) : released);",
						"			tenure.place();"),
				Mutant.of("nobody is called when a lease is lost", "LockClient",
						"(lease) -> this.queue.pass(lease.place(), time.nanoTime())", "(lease) -> lease.place()"),
				Mutant.of("nobody is called when an acquisition fails", "Tenures",
						"		this.queue.pass(place, this.time.nanoTime());\n		return (result instanceof Outcome",
						"		return (result instanceof Outcome"),
				Mutant.of("whoever does not want a lock any more keeps it", "AsyncLineAcquirer",
						"() -> this.tenures.end(held.tenure())", "() -> held.tenure()"),
				Mutant.of("a wait in line has no end", "AsyncLineAcquirer",
						"(place.terms().lineNanos() == Terms.FOREVER)", "(place.terms().lineNanos() > 0)"),
				Mutant.of("a wait ends too early", "Acquisition", "if (left <= 0 ||",
						"if (left <= this.terms.waitNanos() / 2 ||"));
	}

	@Test
	void eachIsFound() {
		List<String> survivors = mutants().parallel().filter((mutant) -> !isFound(mutant)).map(Mutant::what).toList();
		assertThat(survivors).isEmpty();
	}

	private static boolean isFound(Mutant mutant) {
		Optional<Mutant.Death> death = mutant.die(MAX_SCHEDULES);
		death.ifPresent((found) -> System.out.printf("%,7d schedules: %s%n", found.schedules(), mutant));
		return death.isPresent();
	}

}
