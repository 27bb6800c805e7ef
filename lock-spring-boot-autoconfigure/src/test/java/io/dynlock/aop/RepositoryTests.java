package io.dynlock.aop;

import java.lang.reflect.Proxy;
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

	private final Remote remote;

	RepositoryTests(@Autowired Orders orders, @Autowired Items items, @Autowired Remote remote) {
		this.orders = orders;
		this.items = items;
		this.remote = remote;
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
		assertThat(this.orders.delete("18")).isEqualTo("delete under orders:18");
	}

	@Test
	void aMethodThatIsCalledThroughTheGenericInterfaceIsLocked() {
		Repository<String> generic = this.orders;
		assertThat(generic.save("19")).isEqualTo("save under orders:19");
	}

	@Test
	void argumentsOfAProxyOfTheJdkHaveTheNamesOfTheInterface() {
		assertThat(this.remote.get("21")).isEqualTo("remote:21");
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

	interface Remote {

		@WithDistributedLock(name = "remote", key = "#id")
		String get(String id);

	}

	interface Repository<T> {

		String save(T entity);

		String find(String id);

		String delete(String id);

	}

	interface Orders extends Repository<String> {

		@Override
		@WithDistributedLock(name = "orders", key = "#order")
		String save(String order);

		@Override
		@WithDistributedLock(name = "orders", key = "#order")
		String delete(String order);

		@WithDistributedLock(name = "orders", key = "#id")
		String close(String id);

	}

	@WithDistributedLock(name = "items")
	interface Items extends Repository<String> {

		String count();

	}

	/** Has no annotation, and is not called: the advice answers for it. */
	static class GenericRepository<T> implements Repository<T> {

		@Override
		public String save(T entity) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String find(String id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String delete(String id) {
			throw new UnsupportedOperationException();
		}

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

		/** As those are that make their proxies without Spring. */
		@Bean
		Remote remote() {
			return (Remote) Proxy.newProxyInstance(Remote.class.getClassLoader(), new Class<?>[] { Remote.class },
					(proxy, method, args) -> LockContext.find().map((lease) -> lease.key()).orElse("nothing"));
		}

		private static <T> T repository(Class<T> type) {
			ProxyFactory factory = new ProxyFactory();
			factory.setTarget(new GenericRepository<String>());
			factory.setInterfaces(type);
			factory.addAdvice((MethodInterceptor) (invocation) -> invocation.getMethod().getName() + " under "
					+ LockContext.find().map((lease) -> lease.key()).orElse("nothing"));
			return type.cast(factory.getProxy());
		}

	}

}
