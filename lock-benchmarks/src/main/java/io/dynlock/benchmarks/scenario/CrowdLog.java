package io.dynlock.benchmarks.scenario;

import java.util.concurrent.TimeUnit;

import io.dynlock.internal.protocol.Request;

/**
 * What happened to a key for a while. Not thread-safe.
 */
final class CrowdLog {

	private static final double READ_UNITS = 0.5;

	private final long fromNanos;

	private final Samples handOffs = new Samples();

	private final Samples waits = new Samples();

	private long reads;

	private long writes;

	private long second = -1;

	private long readsInSecond;

	private long mostReadsInSecond;

	/**
	 * An empty log.
	 * @param fromNanos when it begins
	 */
	CrowdLog(long fromNanos) {
		this.fromNanos = fromNanos;
	}

	void request(Request request, long nowNanos) {
		if (!(request instanceof Request.Read)) {
			this.writes++;
			return;
		}
		long now = TimeUnit.NANOSECONDS.toSeconds(nowNanos);
		this.readsInSecond = (now == this.second) ? this.readsInSecond + 1 : 1;
		this.second = now;
		this.mostReadsInSecond = Math.max(this.mostReadsInSecond, this.readsInSecond);
		this.reads++;
	}

	void handedOff(long nanos) {
		this.handOffs.add(nanos);
	}

	void waited(long nanos) {
		this.waits.add(nanos);
	}

	/** From a release to the next grant, in nanoseconds. */
	Samples handOffs() {
		return this.handOffs;
	}

	/** From a call of acquire to its grant, in nanoseconds. */
	Samples waits() {
		return this.waits;
	}

	long reads() {
		return this.reads;
	}

	long writes() {
		return this.writes;
	}

	long mostReadsInSecond() {
		return this.mostReadsInSecond;
	}

	long fromNanos() {
		return this.fromNanos;
	}

	/** RCU/5 + WCU of all requests. */
	double cost() {
		return this.reads * READ_UNITS / 5 + this.writes;
	}

}
