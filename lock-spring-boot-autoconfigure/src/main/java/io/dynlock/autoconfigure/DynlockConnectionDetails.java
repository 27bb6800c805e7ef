package io.dynlock.autoconfigure;

import java.net.URI;
import java.util.Optional;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where DynamoDB is: a bean that takes the place of the properties, such as that of a
 * container in a test. It is for all clients, or with the name of a client as qualifier
 * for that one. What it leaves out is what the properties say.
 */
public interface DynlockConnectionDetails extends ConnectionDetails {

	/** The AWS region. Nothing by default. */
	default Optional<String> region() {
		return Optional.empty();
	}

	/** The endpoint, with scheme and host. Nothing by default. */
	default Optional<URI> endpoint() {
		return Optional.empty();
	}

	/** Who signs the requests; is not closed. Nothing by default. */
	default Optional<AwsCredentialsProvider> credentials() {
		return Optional.empty();
	}

}
