package io.dynlock.sample.deployment;

import java.time.Duration;
import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import org.springframework.format.annotation.DurationFormat;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Deployments over HTTP.
 */
@RestController
@RequestMapping("/deployments")
class DeploymentController {

	private final DeploymentService deployments;

	private final DeploymentJournal journal;

	DeploymentController(DeploymentService deployments, DeploymentJournal journal) {
		this.deployments = deployments;
		this.journal = journal;
	}

	@PostMapping("/{environment}")
	Receipt deploy(@PathVariable @Pattern(regexp = "[\\w.-]{1,64}") String environment,
			@RequestBody @Valid Deployment deployment, @RequestParam(required = false) @DurationFormat(
					style = DurationFormat.Style.SIMPLE) @Nullable Duration wait)
			throws InterruptedException {
		return this.deployments.deploy(environment, deployment, wait);
	}

	@GetMapping
	List<Receipt> list() {
		return this.journal.list();
	}

	@ExceptionHandler
	ProblemDetail stale(StaleDeploymentException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, String.valueOf(ex.getMessage()));
	}

}
