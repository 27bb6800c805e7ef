package io.dynlock.internal.table;

import java.net.URI;

import io.dynlock.testing.RawTable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import static org.assertj.core.api.Assertions.assertThat;

class TableIdTests {

	private final DynamoDbClient client = RawTable.clientBuilder(URI.create("http://127.0.0.1:1")).build();

	@Test
	void aNameStandsInTheRegionOfTheClient() {
		assertThat(TableId.of(this.client, "my-locks")).isEqualTo("us-east-1/my-locks");
	}

	@Test
	void anArnSaysItsRegion() {
		assertThat(TableId.of(this.client, "arn:aws:dynamodb:eu-west-1:123456789012:table/my-locks"))
			.isEqualTo("eu-west-1/my-locks");
	}

	@Test
	void nameAndArnOfOneTableAreTheSame() {
		assertThat(TableId.of(this.client, "arn:aws-cn:dynamodb:us-east-1:123456789012:table/my-locks"))
			.isEqualTo(TableId.of(this.client, "my-locks"));
	}

	@Test
	void aClientThatIsNotTheSdksNeedNotKnowItsRegion() {
		DynamoDbClient other = new DynamoDbClient() {
			@Override
			public String serviceName() {
				return "dynamodb";
			}

			@Override
			public void close() {
			}
		};
		assertThat(TableId.of(other, "my-locks")).isEqualTo("/my-locks");
	}

}
