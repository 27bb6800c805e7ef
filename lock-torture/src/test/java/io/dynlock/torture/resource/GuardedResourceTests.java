package io.dynlock.torture.resource;

import java.util.OptionalLong;

import io.dynlock.torture.evidence.Write;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class GuardedResourceTests {

	private final GuardedResource resource = new GuardedResource(System::nanoTime);

	@Test
	void takesWritesOfTheHighestTokenAndRefusesLowerOnes() {
		assertThat(begin("a", 5)).isEqualTo(new Reply(true, 0, 5));
		assertThat(end("a", 5, 1)).isEqualTo(new Reply(true, 1, 5));
		assertThat(begin("b", 6)).isEqualTo(new Reply(true, 1, 6));
		assertThat(end("a", 5, 7)).isEqualTo(new Reply(false, 1, 6));
		assertThat(this.resource.values()).containsEntry("key", 1L);
	}

	@Test
	void remembersEveryWrite() {
		begin("a", 2);
		begin("b", 1);
		assertThat(this.resource.journal()).extracting(Write::section, Write::accepted)
			.containsExactly(tuple("a", true), tuple("b", false));
	}

	private Reply begin(String section, long token) {
		return this.resource.write(new Entry(section, "key", Write.Phase.BEGIN, token, 0, OptionalLong.empty()));
	}

	private Reply end(String section, long token, long value) {
		return this.resource.write(new Entry(section, "key", Write.Phase.END, token, value, OptionalLong.empty()));
	}

}
