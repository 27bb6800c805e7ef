package io.dynlock.autoconfigure;

import java.util.Optional;

import io.dynlock.LockConfigurationException;
import io.dynlock.autoconfigure.DynlockClientProperties.CredentialsProperties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.util.StringUtils;

/**
 * The credentials that properties name.
 */
final class ConfiguredCredentials {

	private ConfiguredCredentials() {
	}

	/**
	 * The credentials of a client.
	 * @param settings has the properties
	 * @return empty if they name none
	 * @throws LockConfigurationException if something is missing
	 */
	static Optional<AwsCredentialsProvider> of(ClientSettings settings) {
		CredentialsProperties properties = settings.properties().credentials();
		String accessKey = properties.accessKey();
		String secretKey = properties.secretKey();
		String profile = properties.profile();
		String prefix = settings.nameOf("credentials") + ".";
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleMatchingValuesIn((entries) -> {
			entries.put(prefix + "access-key", accessKey);
			entries.put(prefix + "profile", profile);
		}, (value) -> isSet(value));
		require(prefix + "access-key", accessKey, prefix + "secret-key", secretKey);
		require(prefix + "secret-key", secretKey, prefix + "access-key", accessKey);
		require(prefix + "session-token", properties.sessionToken(), prefix + "access-key", accessKey);
		if (isSet(accessKey) && isSet(secretKey)) {
			return Optional.of(StaticCredentialsProvider.create(isSet(properties.sessionToken())
					? AwsSessionCredentials.create(accessKey, secretKey, properties.sessionToken())
					: AwsBasicCredentials.create(accessKey, secretKey)));
		}
		return isSet(profile) ? Optional.of(ProfileCredentialsProvider.create(profile)) : Optional.empty();
	}

	/** Whether the properties name any, complete or not. */
	static boolean areSet(ClientSettings settings) {
		CredentialsProperties properties = settings.properties().credentials();
		return isSet(properties.accessKey()) || isSet(properties.secretKey()) || isSet(properties.sessionToken())
				|| isSet(properties.profile());
	}

	private static void require(String property, @Nullable String value, String other, @Nullable String otherValue) {
		if (isSet(value) && !isSet(otherValue)) {
			throw new LockConfigurationException(property + " is set, but " + other + " is not.",
					"Set both of them, or neither; they are not inherited one by one.");
		}
	}

	private static boolean isSet(@Nullable Object value) {
		return value instanceof String text && StringUtils.hasText(text);
	}

}
