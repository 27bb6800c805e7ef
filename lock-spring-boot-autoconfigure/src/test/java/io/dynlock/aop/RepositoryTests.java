package io.dynlock.aop;

import java.util.List;

import io.dynlock.annotation.LockContext;
import io.dynlock.annotation.WithDistributedLock;
import io.dynlock.testing.LockTest;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that are made as Spring Data makes repositories: proxies of an interface, whose
 * target is of a class that does not know it.
 */
@LockTest
@Timeout(60)
class RepositoryTests {

	private final Orders orders;

	private final Items items;

	RepositoryTests(@Autowired Orders orders, @Autowired Items items) {
		this.orders = orders;
		this.items = items;
	}

	@Test
	void theBeansAreProxiesWhoseTargetIsNoneOfTheirInterface() throws Exception {
		Object target = ((Advised) this.orders).getTargetSource().getTarget();
		assertThat(AopUtils.isAopProxy(target)).isTrue();
		assertThat(AopUtils.getTargetClass(target)).isEqualTo(GenericRepository.class);
	}

	@Test
	void aMethodOfTheInterfaceIsLocked() {
		assertThat(this.orders.close("17")).isEqualTo("close under orders:17");
	}

	@Test
	void aMethodThatTheInterfaceDeclaresAgainIsLocked() {
		assertThat(this.orders.save("18")).isEqualTo("save under orders:18");
	}

	@Test
	void aMethodThatIsCalledThroughTheGenericInterfaceIsLocked() {
		Repository<String> generic = this.orders;
		assertThat(generic.save("19")).isEqualTo("save under orders:19");
	}

	@Test
	void aMethodWithoutTheAnnotationIsNotLocked() {
		assertThat(this.orders.find("20")).isEqualTo("find under nothing");
	}

	@Test
	void allMethodsOfAnAnnotatedInterfaceAreLockedInheritedOnesToo() {
		assertThat(List.of(this.items.count(), this.items.find("1"), this.items.save("2")))
			.containsExactly("count under items", "find under items", "save under items");
	}

	interface Repository<T> {

		String save(T entity);

		String find(String id);

	}

	interface Orders extends Repository<String> {

		@Override
		@WithDistributedLock(name = "orders", key = "#order")
		String save(String order);

		@WithDistributedLock(name = "orders", key = "#id")
		String close(String id);

	}

	@WithDistributedLock(name = "items")
	interface Items extends Repository<String> {

		String count();

	}

	static class GenericRepository {

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Orders orders() {
			return repository(Orders.class);
		}

		@Bean
		Items items() {
			return repository(Items.class);
		}

		private static <T> T repository(Class<T> type) {
			ProxyFactory factory = new ProxyFactory();
			factory.setTarget(new GenericRepository());
			factory.setInterfaces(type);
			factory.addAdvice((MethodInterceptor) (invocation) -> invocation.getMethod().getName() + " under "
					+ LockContext.find().map((lease) -> lease.key()).orElse("nothing"));
			return type.cast(factory.getProxy());
		}

	}

}
