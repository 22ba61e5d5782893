//! The Lua scripts, each of which is atomic.

use std::sync::LazyLock;

use deadpool_redis::redis;
use redis::aio::ConnectionLike;
use redis::{Cmd, ErrorKind, RedisError, ServerErrorKind, ToRedisArgs, Value};

/// A script with the prelude `state.lua`, and the SHA-1 under which servers cache
/// it.
pub(super) struct Script {
    code: &'static str,
    hash: String,
}

macro_rules! scripts {
    ($($name:ident = $file:literal,)*) => {
        $(pub(super) static $name: LazyLock<Script> =
            LazyLock::new(|| Script::new(concat!(include_str!("state.lua"), include_str!($file))));)*
    };
}

scripts! {
    TAKE = "take.lua",
    DONE = "done.lua",
    GIVE = "give.lua",
    LOAD = "load.lua",
    LOADED = "loaded.lua",
    FLIP = "flip.lua",
    LOOK = "look.lua",
    LIFE = "life.lua",
    TIME = "time.lua",
    RETIRE = "retire.lua",
}

impl Script {
    fn new(code: &'static str) -> Self {
        let hash = redis::Script::new(code).get_hash().to_owned();
        Self { code, hash }
    }

    /// Runs the script by its hash, or sends its whole text to a server that
    /// has not cached it.
    pub(super) async fn run(
        &self,
        connection: &mut impl ConnectionLike,
        keys: &[String],
        args: &(impl ToRedisArgs + Sync),
    ) -> Result<Value, RedisError> {
        let named = call("EVALSHA", &self.hash, keys, args);
        match named.query_async(connection).await {
            Err(error) if error.kind() == ErrorKind::Server(ServerErrorKind::NoScript) => {
                call("EVAL", self.code, keys, args)
                    .query_async(connection)
                    .await
            }
            answered => answered,
        }
    }
}

fn call(verb: &str, script: &str, keys: &[String], args: &impl ToRedisArgs) -> Cmd {
    let mut call = redis::cmd(verb);
    call.arg(script).arg(keys.len()).arg(keys).arg(args);
    call
}
