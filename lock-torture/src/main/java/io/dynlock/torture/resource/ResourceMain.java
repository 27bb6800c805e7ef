package io.dynlock.torture.resource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

import io.dynlock.testing.Message;
import io.dynlock.torture.evidence.Write;

/**
 * A process with the resource. Says on which port, tells what it remembers for each line
 * of its standard input, and ends with it.
 */
public final class ResourceMain {

	private static final int BACKLOG = 50;

	private final GuardedResource resource = new GuardedResource(System::nanoTime);

	private ResourceMain() {
	}

	/**
	 * Runs the resource.
	 * @param args none
	 * @throws IOException if it cannot listen
	 */
	public static void main(String[] args) throws IOException {
		new ResourceMain().run();
	}

	private void run() throws IOException {
		try (ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress())) {
			inBackground(() -> accept(server));
			System.out.println(new Message("ready").with("port", server.getLocalPort()));
			BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
			while (orders.readLine() != null) {
				tell();
			}
		}
	}

	private void tell() {
		for (Write write : this.resource.journal()) {
			System.out.println(write.toMessage());
		}
		this.resource.values()
			.forEach((key, value) -> System.out.println(new Message("value").with("key", key).with("value", value)));
		System.out.println(new Message("end"));
	}

	private void accept(ServerSocket server) throws IOException {
		while (true) {
			Socket socket = server.accept();
			inBackground(() -> serve(socket));
		}
	}

	private void serve(Socket socket) throws IOException {
		try (socket) {
			socket.setTcpNoDelay(true);
			BufferedReader input = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			for (String line = input.readLine(); line != null; line = input.readLine()) {
				Reply reply = this.resource.write(Entry.from(Message.parse(line)));
				socket.getOutputStream().write((reply.toMessage() + "\n").getBytes(StandardCharsets.UTF_8));
			}
		}
	}

	private static void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (SocketException ex) {
				// the writer was killed, or this process ends
			}
			catch (IOException ex) {
				System.err.println("Resource: " + ex);
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	/** Works on a socket. */
	private interface Task {

		void run() throws IOException;

	}

}
