package io.dynlock.test;

import java.util.Optional;

import io.dynlock.autoconfigure.DynlockConnectionDetails;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Keeps lock clients from looking for credentials, which a test has no use for and may
 * not have. Regions are those of the properties.
 */
final class InMemoryConnectionDetails implements DynlockConnectionDetails {

	@Override
	public Optional<AwsCredentialsProvider> credentials() {
		return Optional.of(InMemoryDynamoDb.CREDENTIALS);
	}

}
