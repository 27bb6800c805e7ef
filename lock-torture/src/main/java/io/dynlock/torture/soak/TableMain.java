package io.dynlock.torture.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.dynlock.embedded.EmbeddedDynamoDb;
import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.FaultKind;
import io.dynlock.torture.evidence.TableWrite;
import io.dynlock.torture.proxy.FaultProxy;
import io.dynlock.torture.proxy.Traffic;

/**
 * A process with a table, and a way to it that can be cut off. Its standard input says
 * when; it ends with that.
 */
public final class TableMain {

	static final String CUT = "cut";

	static final String MEND = "mend";

	private TableMain() {
	}

	/**
	 * Runs the table.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (EmbeddedDynamoDb server = EmbeddedDynamoDb.start();
				FaultProxy proxy = FaultProxy.start(0, server.endpoint(), new Unnoted())) {
			System.out
				.println(new Message("ready").with("endpoint", server.endpoint()).with("proxy", proxy.endpoint()));
			BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			for (String order = orders.readLine(); order != null; order = orders.readLine()) {
				obey(Message.parse(order), proxy);
			}
		}
	}

	private static void obey(Message order, FaultProxy proxy) {
		switch (order.word()) {
			case CUT -> proxy.begin(FaultKind.CUT_LONG);
			case MEND -> proxy.end();
			default -> throw new IllegalArgumentException("Not an order: " + order);
		}
	}

	/** A log of all that is written in a long run would take more and more memory. */
	private static final class Unnoted implements Traffic {

		@Override
		public void wrote(TableWrite write) {
			// nobody asks
		}

		@Override
		public void befell(FaultKind kind) {
			// nobody asks
		}

	}

}
