package io.dynlock.failures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the document says is what {@link AnswerTableTests} has seen.
 */
class FailuresDocumentTests {

	private static final Path DOCUMENT = Path.of("..", "docs", "FAILURES.md");

	@ParameterizedTest
	@EnumSource
	void theDocumentSaysWhatComesOfEachFailure(Operation operation) throws IOException {
		assertThat(Files.readString(DOCUMENT)).contains(section(operation));
	}

	@Test
	void theDocumentHasNoOtherTable() throws IOException {
		assertThat(Files.readAllLines(DOCUMENT).stream().filter((line) -> line.startsWith("|")))
			.hasSize(Operation.values().length * (2 + Failure.values().length));
	}

	private static String section(Operation operation) {
		String head = """
				### %s

				| what goes wrong | what the caller gets | tried again | left in the table |
				| --- | --- | --- | --- |
				""".formatted(operation.title());
		return Arrays.stream(Failure.values())
			.map((failure) -> row(failure, AnswerTable.cell(operation, failure)))
			.collect(Collectors.joining("\n", head, "\n"));
	}

	private static String row(Failure failure, Cell cell) {
		return "| %s | %s | %s | %s |".formatted(failure.title(), cell.gets(), cell.retried(), cell.leaves());
	}

}
