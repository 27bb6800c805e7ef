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
		MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleMatchingValuesIn((entries) -> {
			entries.put(settings.nameOf("credentials.access-key"), accessKey);
			entries.put(settings.nameOf("credentials.profile"), profile);
		}, (value) -> isSet(value));
		require(settings, "credentials.access-key", accessKey, "credentials.secret-key", secretKey);
		require(settings, "credentials.secret-key", secretKey, "credentials.access-key", accessKey);
		require(settings, "credentials.session-token", properties.sessionToken(), "credentials.access-key", accessKey);
		if (isSet(accessKey) && isSet(secretKey)) {
			return Optional.of(StaticCredentialsProvider.create(isSet(properties.sessionToken())
					? AwsSessionCredentials.create(accessKey, secretKey, properties.sessionToken())
					: AwsBasicCredentials.create(accessKey, secretKey)));
		}
		return isSet(profile) ? Optional.of(ProfileCredentialsProvider.create(profile)) : Optional.empty();
	}

	private static void require(ClientSettings settings, String property, @Nullable String value, String other,
			@Nullable String otherValue) {
		if (isSet(value) && !isSet(otherValue)) {
			throw new LockConfigurationException(
					settings.nameOf(property) + " is set, but " + settings.nameOf(other) + " is not.",
					"Set both of them, or neither; they are not inherited one by one.");
		}
	}

	private static boolean isSet(@Nullable Object value) {
		return value instanceof String text && StringUtils.hasText(text);
	}

}
