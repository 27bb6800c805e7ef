package io.dynlock.torture.soak;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.dynlock.Lease;
import io.dynlock.LockListener;

/**
 * What is soaked: dynlock, or something broken that must be found out.
 */
public enum SoakSubject {

	/** dynlock as it is. */
	DYNLOCK,

	/** Keeps every lease for ever, and what was done under it. */
	LEAKY {
		@Override
		LockListener listener() {
			return new Collector();
		}
	};

	LockListener listener() {
		return new LockListener() {
		};
	}

	/**
	 * The subject of a name.
	 * @param text as on the command line
	 */
	static SoakSubject of(String text) {
		return Stream.of(values())
			.filter((subject) -> subject.toString().equals(text))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("Not a subject: " + text + "; use one of " + names(", ")));
	}

	/**
	 * All there are.
	 * @param separator what to write between them
	 */
	static String names(String separator) {
		return Stream.of(values()).map(SoakSubject::toString).collect(Collectors.joining(separator));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Never throws a lease away. */
	private static final class Collector implements LockListener {

		private static final int WORK_BYTES = 16 * 1024;

		private final List<Kept> all = Collections.synchronizedList(new ArrayList<>());

		@Override
		public void acquired(Lease lease) {
			this.all.add(new Kept(lease, ByteBuffer.allocate(WORK_BYTES)));
		}

		private record Kept(Lease lease, ByteBuffer work) {

		}

	}

}
