package io.dynlock.torture.soak;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeckTests {

	private static final Activity OFTEN = new Activity("often", 3, (random) -> {
	});

	private static final Activity SELDOM = new Activity("seldom", 1, (random) -> {
	});

	@Test
	void everythingComesAsOftenAsItWeighsBeforeAnythingComesMoreOften() {
		Deck deck = new Deck(List.of(OFTEN, SELDOM), new Random(1));
		for (int round = 0; round < 5; round++) {
			assertThat(Stream.generate(deck::draw).limit(4)).containsExactlyInAnyOrder(OFTEN, OFTEN, OFTEN, SELDOM);
		}
	}

}
