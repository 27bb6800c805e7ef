package io.dynlock.sample.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * A file of all deployments, shared by the instances on one machine. It stands for what a
 * lock guards in the end: it remembers the highest fencing token per environment, and
 * refuses a lower one. So even an instance that stood still, lost its lock without
 * noticing, and goes on, cannot overwrite the work of its successor.
 */
@Component
class DeploymentJournal {

	private final Path file;

	DeploymentJournal(JournalProperties properties) {
		this.file = properties.file();
	}

	/**
	 * Records a deployment.
	 * @param receipt the deployment
	 * @throws StaleDeploymentException if a later holder of the lock has been here before
	 */
	synchronized void append(Receipt receipt) {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			long highest = read(channel).stream()
				.filter((entry) -> entry.environment().equals(receipt.environment()))
				.mapToLong(Receipt::fencingToken)
				.max()
				.orElse(0);
			if (receipt.fencingToken() < highest) {
				throw new StaleDeploymentException(receipt, highest);
			}
			channel.position(channel.size());
			channel.write(StandardCharsets.UTF_8.encode(format(receipt)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All deployments, in order. */
	synchronized List<Receipt> list() {
		try (FileChannel channel = FileChannel.open(this.file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			return read(channel);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Receipt> read(FileChannel channel) throws IOException {
		channel.position(0);
		String content = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
		return content.lines().map((line) -> line.split("\t")).map(DeploymentJournal::parse).toList();
	}

	private static Receipt parse(String[] fields) {
		return new Receipt(fields[0], fields[1], Long.parseLong(fields[2]), Instant.parse(fields[3]));
	}

	private static String format(Receipt receipt) {
		return String.join("\t", receipt.environment(), receipt.version(), Long.toString(receipt.fencingToken()),
				receipt.finishedAt().toString()) + "\n";
	}

}
