package io.dynlock.example;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import io.dynlock.testing.SharedDynamoDb;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PlainMainTests {

	@Test
	void deploysUnderALock() {
		PrintStream before = System.out;
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
		try {
			PlainMain.main(new String[] { SharedDynamoDb.endpoint().toString() });
		}
		finally {
			System.setOut(before);
		}

		assertThat(output.toString(StandardCharsets.UTF_8)).matches("Deployed to prod under token \\d+\\R");
	}

}
