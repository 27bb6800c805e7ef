package io.dynlock.sample.locks;

import java.util.List;

import io.dynlock.DistributedLockOperations;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Locks over HTTP. In a real service, let only administrators in.
 */
@RestController
@RequestMapping("/locks")
class LockController {

	private final DistributedLockOperations locks;

	LockController(DistributedLockOperations locks) {
		this.locks = locks;
	}

	@GetMapping
	List<LockView> list() {
		return this.locks.list().map(LockView::of).toList();
	}

	@DeleteMapping("/{key}")
	LockView forceRelease(@PathVariable String key) {
		return this.locks.forceRelease(key)
			.map(LockView::of)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "The lock is free"));
	}

}
