package io.dynlock.torture.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.dynlock.torture.evidence.FaultKind;

/**
 * One worker's way to the table. Listens on the loopback address only.
 */
public final class FaultProxy implements AutoCloseable {

	private static final int BACKLOG = 100;

	/** How long to wait for a request. */
	private static final int REQUEST_SECONDS = 2;

	private final int worker;

	private final URI table;

	private final Traffic log;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ServerSocket server;

	private final Trouble trouble = new Trouble();

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private FaultProxy(int worker, URI table, Traffic log) throws IOException {
		this.worker = worker;
		this.table = table;
		this.log = log;
		this.server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
	}

	/**
	 * Starts a proxy.
	 * @param worker the number of its worker
	 * @param table where the table is
	 * @param log is told what goes through
	 * @throws IOException if it cannot listen
	 */
	public static FaultProxy start(int worker, URI table, Traffic log) throws IOException {
		FaultProxy proxy = new FaultProxy(worker, table, log);
		proxy.inBackground(proxy::accept);
		return proxy;
	}

	/** Where the worker finds the table. */
	public URI endpoint() {
		return URI.create("http://127.0.0.1:" + this.server.getLocalPort());
	}

	/** From now on, this befalls the worker's requests. */
	public void begin(FaultKind kind) {
		this.trouble.begin(kind);
	}

	/** Waits until a request has been befallen, or, for want of one, a little. */
	public void awaitBefallen() throws InterruptedException {
		Optional<Trouble.Spell> spell = this.trouble.now();
		if (spell.isPresent()) {
			spell.get().befallen().await(REQUEST_SECONDS, TimeUnit.SECONDS);
		}
	}

	/** No more trouble. */
	public void end() {
		this.trouble.end();
	}

	private void accept() throws IOException {
		while (true) {
			Socket socket = this.server.accept();
			this.sockets.add(socket);
			inBackground(() -> serve(socket));
		}
	}

	private void serve(Socket socket) throws IOException {
		try (socket) {
			new ProxyConnection(socket, this.worker, this.table, this.http, this.trouble, this.log).serve();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.sockets.remove(socket);
		}
	}

	private void inBackground(Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (SocketException ex) {
				// the worker was killed or has given up, or this proxy is closed
			}
			catch (IOException ex) {
				System.err.println("Proxy of worker " + this.worker + ": " + ex);
			}
		}, "proxy-" + this.worker);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		end();
		this.server.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
	}

	/** Works on a socket. */
	private interface Task {

		void run() throws IOException;

	}

}
