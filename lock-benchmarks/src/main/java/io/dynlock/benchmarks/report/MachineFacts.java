package io.dynlock.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

import software.amazon.awssdk.core.util.VersionInfo;

/**
 * On what the figures were taken; nothing that names the machine.
 */
final class MachineFacts {

	private MachineFacts() {
	}

	static Table table() {
		return new Table("Machine and versions", "what", "value")
			.row("processors", String.valueOf(Runtime.getRuntime().availableProcessors()))
			.row("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"))
			.row("JVM", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"))
			.row("largest heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MB")
			.row("AWS SDK for Java", VersionInfo.SDK_VERSION)
			.row("AWS lock client", version("com.amazonaws", "dynamodb-lock-client"))
			.row("ShedLock, provider for DynamoDB", version("net.javacrumbs.shedlock", "shedlock-provider-dynamodb2"))
			.row("Spring Cloud AWS", version("io.awspring.cloud", "spring-cloud-aws-dynamodb"))
			.row("DynamoDB Local", "in a process of its own on the same machine, over loopback, in memory");
	}

	private static String version(String group, String artifact) {
		String path = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
		try (InputStream stream = MachineFacts.class.getResourceAsStream(path)) {
			if (stream == null) {
				return "unknown";
			}
			Properties properties = new Properties();
			properties.load(stream);
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
