package auth_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"sillon/engine/portfolio"
	"sillon/server/auth"
	"sillon/server/hub"
	"sillon/server/store/memory"
)

const t0 = 1_800_000_000_000

var (
	ctx  = context.Background()
	user = portfolio.ID{1}
)

func ms(d time.Duration) int64 { return d.Milliseconds() }

func open(t *testing.T) (*memory.DB, auth.Sessions, auth.Account) {
	t.Helper()
	db := memory.New()
	err := db.Update(ctx, func(tx hub.Tx) error {
		return tx.PutUser(hub.User{Tenant: 1, ID: user, Login: "ana", Hash: auth.HashPassword("un sillon droit")})
	})
	if err != nil {
		t.Fatal(err)
	}
	return db, auth.Sessions{Store: db}, auth.Account{Tenant: 1, User: user}
}

func TestSignIn(t *testing.T) {
	db, s, _ := open(t)
	for _, tt := range []struct {
		name, login, password string
		err                   error
	}{
		{"the right password", "ana", "un sillon droit", nil},
		{"a login is typed in any case", "Ana", "un sillon droit", nil},
		{"a wrong password", "ana", "un sillon courbe", auth.ErrWrong},
		{"nobody of that name", "bob", "un sillon droit", auth.ErrWrong},
		{"no password", "ana", "", auth.ErrWrong},
	} {
		if _, err := s.SignIn(ctx, tt.login, tt.password); !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
	}
	if err := db.Update(ctx, func(tx hub.Tx) error {
		u, err := tx.User(1, user)
		u.Off = true
		return errors.Join(err, tx.PutUser(u))
	}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignIn(ctx, "ana", "un sillon droit"); !errors.Is(err, auth.ErrOff) {
		t.Errorf("a disabled user: %v, want %v", err, auth.ErrOff)
	}
	if _, err := s.SignIn(ctx, "ana", "un sillon courbe"); !errors.Is(err, auth.ErrWrong) {
		t.Errorf("a guess at a disabled user's password: %v, want %v, as for anybody", err, auth.ErrWrong)
	}
}

func TestAHashIsArgon2idOf19MiBAndSalted(t *testing.T) {
	a, b := auth.HashPassword("un sillon droit"), auth.HashPassword("un sillon droit")
	if a == b || !strings.HasPrefix(a, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("hashes %s and %s", a, b)
	}
}

func TestAcceptable(t *testing.T) {
	for p, want := range map[string]error{
		"un sillon droit": nil, "kX9#bzwq": nil, "court": auth.ErrShort, "azertyui": auth.ErrCommon, "12345678": auth.ErrCommon,
		"motdepasse2027": auth.ErrCommon, "aaaaaaaa": auth.ErrCommon, "ana.le-goff": auth.ErrCommon, strings.Repeat("long ", 60): auth.ErrLong,
	} {
		if err := auth.Acceptable(p, "ana.le-goff"); !errors.Is(err, want) {
			t.Errorf("%q: %v, want %v", p, err, want)
		}
	}
}

func TestASessionEnds(t *testing.T) {
	for _, tt := range []struct {
		name string
		used []time.Duration // since sign-in
		err  error           // at the last use
	}{
		{"used the next morning", []time.Duration{20 * time.Hour}, nil},
		{"not used for 13 days", []time.Duration{13 * 24 * time.Hour}, nil},
		{"not used for 15 days", []time.Duration{15 * 24 * time.Hour}, auth.ErrEnded},
		{"used every ten days, for 29", []time.Duration{240 * time.Hour, 480 * time.Hour, 696 * time.Hour}, nil},
		{"used every ten days, for 31", []time.Duration{240 * time.Hour, 480 * time.Hour, 744 * time.Hour}, auth.ErrEnded},
	} {
		_, s, acc := open(t)
		cookie, err := s.Open(ctx, acc, user, t0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range tt.used {
			var next string
			if _, next, err = s.Check(ctx, cookie, t0+ms(d)); next != "" {
				cookie = next
			}
		}
		if !errors.Is(err, tt.err) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.err)
		}
	}
}

func TestAReferenceIsRotatedEveryDayOfUse(t *testing.T) {
	_, s, acc := open(t)
	old, _ := s.Open(ctx, acc, user, t0)
	check := func(cookie string, at int64) (string, error) {
		t.Helper()
		got, next, err := s.Check(ctx, cookie, at)
		if err == nil && (got.User != user || got.Tenant != 1) {
			t.Fatalf("a session of %+v", got)
		}
		return next, err
	}
	if next, err := check(old, t0+ms(23*time.Hour)); err != nil || next != "" {
		t.Fatalf("after 23 hours: %q, %v", next, err)
	}
	at := t0 + ms(25*time.Hour)
	lost, err := check(old, at)
	if err != nil || lost == "" || lost == old {
		t.Fatalf("after 25 hours: %q, %v; want a new reference", lost, err)
	}
	// The answer was lost in a tunnel; the tablet comes back with the old one.
	next, err := check(old, at+ms(2*time.Hour))
	if err != nil || next == "" {
		t.Fatalf("the old reference, as the new one never arrived: %q, %v", next, err)
	}
	at += ms(3 * time.Hour)
	if _, err := check(next, at); err != nil {
		t.Fatalf("the new reference: %v", err)
	}
	if _, err := check(old, at+30_000); err != nil {
		t.Errorf("a request that was under way with the old one: %v", err)
	}
	if _, err := check(old, at+61_000); !errors.Is(err, auth.ErrReused) {
		t.Errorf("the old reference a minute later: %v, want %v", err, auth.ErrReused)
	}
	if _, err := check(next, at+62_000); !errors.Is(err, auth.ErrEnded) {
		t.Errorf("the family after that: %v, want %v", err, auth.ErrEnded)
	}
}

func TestSigningOutEndsTheWholeFamily(t *testing.T) {
	_, s, acc := open(t)
	a, _ := s.Open(ctx, acc, user, t0)
	other, _ := s.Open(ctx, acc, user, t0)
	_, b, _ := s.Check(ctx, a, t0+ms(25*time.Hour))
	if err := s.End(ctx, a); err != nil {
		t.Fatal(err)
	}
	for _, c := range []string{a, b, "", "nonsense", strings.Repeat("A", 43)} {
		if _, _, err := s.Check(ctx, c, t0+ms(25*time.Hour)); !errors.Is(err, auth.ErrEnded) {
			t.Errorf("reference %q: %v, want %v", c, err, auth.ErrEnded)
		}
	}
	if _, _, err := s.Check(ctx, other, t0+ms(time.Hour)); err != nil {
		t.Errorf("the other tablet of the same user: %v", err)
	}
}

func TestThrottle(t *testing.T) {
	var th auth.Throttle
	try := func(login, net string, at int64) bool { return th.Wait(login, net, at) == 0 }
	for i := range auth.PerAccount {
		if !try("ana", "192.0.2.1", t0+int64(i)) {
			t.Fatalf("try %d was refused", i+1)
		}
	}
	for _, tt := range []struct {
		name       string
		login, net string
		at         time.Duration
		ok         bool
	}{
		{"the eleventh within a quarter of an hour", "ana", "192.0.2.1", time.Minute, false},
		{"in capitals", "ANA", "192.0.2.1", time.Minute, false},
		{"Ana herself, from her own network", "ana", "198.51.100.7", time.Minute, true},
		{"a colleague in the same office", "bob", "192.0.2.1", time.Minute, true},
		{"a quarter of an hour later", "ana", "192.0.2.1", 16 * time.Minute, true},
	} {
		if got := try(tt.login, tt.net, t0+ms(tt.at)); got != tt.ok {
			t.Errorf("%s: allowed %v, want %v", tt.name, got, tt.ok)
		}
	}
	for i := range auth.PerNetwork {
		try("user"+string(rune('a'+i)), "203.0.113.5", t0)
	}
	if try("another", "203.0.113.5", t0+1) {
		t.Error("one network may try every account")
	}
	th.Forgive("user"+string(rune('a')), "203.0.113.5")
	if !try("another", "203.0.113.5", t0+1) {
		t.Error("a sign-in that succeeded still counts")
	}
}

func TestNetwork(t *testing.T) {
	for addr, want := range map[string]string{
		"192.0.2.1:5000": "192.0.2.1", "[2001:db8:1:2:3:4:5:6]:80": "2001:db8:1:2::/64", "2001:db8:1:2::9": "2001:db8:1:2::/64",
		"::ffff:192.0.2.1": "192.0.2.1", "nonsense": "unknown", "": "unknown",
	} {
		if got := auth.Network(addr); got != want {
			t.Errorf("%s is in %s, want %s", addr, got, want)
		}
	}
}

func TestABucketGivesABurstThenOneASecond(t *testing.T) {
	b := auth.Bucket{PerMinute: 60, Burst: 20}
	for i := range 20 {
		if b.Take("a", t0) != 0 {
			t.Fatalf("call %d was refused", i+1)
		}
	}
	if b.Take("a", t0) == 0 || b.Take("b", t0) != 0 {
		t.Error("want the 21st call refused, and that of another device allowed")
	}
	if b.Take("a", t0+1000) != 0 || b.Take("a", t0+1000) == 0 {
		t.Error("want one more call after a second")
	}
}
