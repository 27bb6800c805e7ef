package io.dynlock.sample.deployment;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the deployments are recorded.
 *
 * @param file a file on this machine
 */
@ConfigurationProperties("sample.journal")
record JournalProperties(Path file) {

}
