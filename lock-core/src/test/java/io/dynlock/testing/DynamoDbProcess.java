package io.dynlock.testing;

import java.io.IOException;

import io.dynlock.embedded.EmbeddedDynamoDb;

/**
 * A process with a DynamoDB. Says on which port, and ends when its standard input does.
 */
public final class DynamoDbProcess {

	private DynamoDbProcess() {
	}

	/**
	 * Runs the server.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (EmbeddedDynamoDb server = EmbeddedDynamoDb.start()) {
			System.out.println(new Message("ready").with("endpoint", server.endpoint()));
			while (System.in.read() >= 0) {
				// wait for the end
			}
		}
	}

}
