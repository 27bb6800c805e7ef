package io.dynlock.torture.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.dynlock.torture.evidence.FaultKind;

/**
 * A connection of a worker: its requests, one after the other, and what befalls them.
 */
final class ProxyConnection {

	/** In times of trouble, this share of the requests is befallen; of a cut, all are. */
	private static final double SHARE = 0.6;

	private static final int LONGEST_DELAY_MILLIS = 900;

	private final Socket socket;

	private final int worker;

	private final URI table;

	private final HttpClient http;

	private final Trouble trouble;

	private final Traffic log;

	ProxyConnection(Socket socket, int worker, URI table, HttpClient http, Trouble trouble, Traffic log) {
		this.socket = socket;
		this.worker = worker;
		this.table = table;
		this.http = http;
		this.trouble = trouble;
		this.log = log;
	}

	void serve() throws IOException, InterruptedException {
		this.socket.setTcpNoDelay(true);
		HttpRequestReader reader = new HttpRequestReader(new BufferedInputStream(this.socket.getInputStream()));
		for (Optional<ProxiedRequest> request = reader.read(); request.isPresent(); request = reader.read()) {
			Optional<ProxiedAnswer> answer = answer(request.get());
			if (answer.isEmpty()) {
				reset();
				return;
			}
			answer.get().writeTo(this.socket.getOutputStream());
		}
	}

	/** What to answer; nothing for a connection that breaks. */
	private Optional<ProxiedAnswer> answer(ProxiedRequest request) throws IOException, InterruptedException {
		Optional<Trouble.Spell> spell = this.trouble.now()
			.filter((now) -> now.kind().isCut() || ThreadLocalRandom.current().nextDouble() < SHARE);
		if (spell.isEmpty()) {
			return unlessCut(forward(request));
		}
		this.log.befell(spell.get().kind());
		spell.get().befallen().countDown();
		return befall(request, spell.get().kind());
	}

	private Optional<ProxiedAnswer> befall(ProxiedRequest request, FaultKind fault)
			throws IOException, InterruptedException {
		return switch (fault) {
			case DELAYED -> unlessCut(delayed(request));
			case ANSWER_DROPPED -> {
				forward(request);
				yield Optional.empty();
			}
			case SERVER_ERROR -> {
				if (ThreadLocalRandom.current().nextBoolean()) {
					forward(request);
				}
				yield Optional.of(ProxiedAnswer.error(500, "InternalServerError"));
			}
			case THROTTLED -> Optional.of(ProxiedAnswer.error(400, ThreadLocalRandom.current().nextBoolean()
					? "ProvisionedThroughputExceededException" : "ThrottlingException"));
			case CUT_SHORT, CUT_LONG, BLACKOUT -> {
				awaitEndOfCut();
				yield Optional.empty();
			}
			case RESET, KILLED, FROZEN -> Optional.empty();
		};
	}

	/** The request is late, or its answer; the worker may have given up meanwhile. */
	private ProxiedAnswer delayed(ProxiedRequest request) throws IOException, InterruptedException {
		int millis = ThreadLocalRandom.current().nextInt(LONGEST_DELAY_MILLIS);
		if (ThreadLocalRandom.current().nextBoolean()) {
			Thread.sleep(millis);
			return forward(request);
		}
		ProxiedAnswer answer = forward(request);
		Thread.sleep(millis);
		return answer;
	}

	/** An answer does not come through a cut that began after its request was sent. */
	private Optional<ProxiedAnswer> unlessCut(ProxiedAnswer answer) throws InterruptedException {
		return awaitEndOfCut() ? Optional.empty() : Optional.of(answer);
	}

	private boolean awaitEndOfCut() throws InterruptedException {
		Optional<Trouble.Spell> cut = this.trouble.cut();
		if (cut.isPresent()) {
			cut.get().end().await();
		}
		return cut.isPresent();
	}

	private ProxiedAnswer forward(ProxiedRequest request) throws IOException, InterruptedException {
		ProxiedAnswer answer = ProxiedAnswer.of(this.http.send(request.to(this.table),
				HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1)));
		if (answer.isSuccess()) {
			request.toWrite(this.worker, System.nanoTime()).ifPresent(this.log::wrote);
		}
		return answer;
	}

	private void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

}
