package io.dynlock.sample.locks;

import io.dynlock.LockException;
import io.dynlock.LockLostException;
import io.dynlock.LockStatus;
import io.dynlock.LockTimeoutException;

import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Tells callers who holds the lock that they did not get, and since when.
 */
@RestControllerAdvice
class LockProblems {

	@ExceptionHandler
	ProblemDetail busy(LockTimeoutException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(HttpStatus.LOCKED,
				"Somebody else holds the lock " + ex.key());
		ex.holder().flatMap(LockStatus::owner).ifPresent((owner) -> problem.setProperty("holder", owner));
		ex.holder().flatMap(LockStatus::acquiredAt).ifPresent((since) -> problem.setProperty("since", since));
		return problem;
	}

	@ExceptionHandler
	ProblemDetail lost(LockLostException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
	}

	/** The table cannot be used, or this instance is about to end. */
	@ExceptionHandler
	ProblemDetail unavailable(LockException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.SERVICE_UNAVAILABLE, String.valueOf(ex.getMessage()));
	}

}
