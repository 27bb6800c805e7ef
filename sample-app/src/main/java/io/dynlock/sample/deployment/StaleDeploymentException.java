package io.dynlock.sample.deployment;

/**
 * A deployment came too late: the lock under which it was done has passed to others.
 */
@SuppressWarnings("serial")
final class StaleDeploymentException extends RuntimeException {

	StaleDeploymentException(Receipt receipt, long highest) {
		super("The deployment of " + receipt.version() + " to " + receipt.environment() + " with the fencing token "
				+ receipt.fencingToken() + " is stale: a later one has the token " + highest);
	}

}
