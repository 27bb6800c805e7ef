package io.dynlock.sample.deployment;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;

/**
 * What to deploy.
 *
 * @param version the version
 * @param seconds how long the deployment takes
 */
record Deployment(@Pattern(regexp = "[\\w.-]{1,64}") String version, @Min(0) @Max(600) int seconds) {

}
