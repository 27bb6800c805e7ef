package io.dynlock.torture.soak;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Activities in random order, each as often as it weighs, then again. Thread-safe.
 */
final class Deck {

	private final List<Activity> activities;

	private final Random random;

	private final Deque<Activity> left = new ArrayDeque<>();

	Deck(List<Activity> activities, Random random) {
		this.activities = activities.stream()
			.flatMap((activity) -> Collections.nCopies(activity.weight(), activity).stream())
			.toList();
		this.random = random;
	}

	synchronized Activity draw() {
		if (this.left.isEmpty()) {
			List<Activity> shuffled = new ArrayList<>(this.activities);
			Collections.shuffle(shuffled, this.random);
			this.left.addAll(shuffled);
		}
		return this.left.removeFirst();
	}

}
