package io.dynlock.torture.resource;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import io.dynlock.testing.Message;

/**
 * A connection to the resource. For one thread.
 */
public final class ResourceClient implements Ledger, AutoCloseable {

	private final Socket socket;

	private final BufferedReader input;

	private ResourceClient(Socket socket) throws IOException {
		this.socket = socket;
		this.input = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
	}

	/**
	 * Connects.
	 * @param port where the resource listens
	 * @throws IOException if it does not
	 */
	public static ResourceClient connect(int port) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setTcpNoDelay(true);
		return new ResourceClient(socket);
	}

	@Override
	public Reply write(Entry entry) throws IOException {
		this.socket.getOutputStream().write((entry.toMessage() + "\n").getBytes(StandardCharsets.UTF_8));
		String line = this.input.readLine();
		if (line == null) {
			throw new EOFException("The resource has gone");
		}
		return Reply.from(Message.parse(line));
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
