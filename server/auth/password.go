package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Argon2id with the least that OWASP asks for: 19 MiB, two passes, one lane;
// about 29 ms here. A hash tells its own parameters, so they can grow.
const (
	memoryKiB = 19 << 10
	passes    = 2
	lanes     = 1
	saltLen   = 16
	keyLen    = 32
)

// Bounds of a password. Length is what counts; nothing else is asked for.
const (
	MinPassword = 8 // characters
	MaxPassword = 256
)

// Errors of a new password.
var (
	ErrShort  = fmt.Errorf("password is shorter than %d characters", MinPassword)
	ErrLong   = fmt.Errorf("password is longer than %d characters", MaxPassword)
	ErrCommon = errors.New("password is one of the first that anybody would try")
)

// hashing bounds memory and processors: more sign-ins at once wait.
var hashing = make(chan struct{}, 2)

// Acceptable says whether a password may be set for a login.
func Acceptable(password, login string) error {
	n := utf8.RuneCountInString(password)
	switch low := strings.ToLower(password); {
	case n < MinPassword:
		return ErrShort
	case n > MaxPassword:
		return ErrLong
	case login != "" && low == strings.ToLower(login), common(low):
		return ErrCommon
	}
	return nil
}

// common knows the shapes that guessers try first: one character repeated,
// runs of the keyboard or the alphabet, and the words of every list, with or
// without a number behind.
func common(p string) bool {
	word := strings.TrimRight(p, "0123456789!?.*")
	for _, w := range []string{"", "password", "passwort", "motdepasse", "azerty", "azertyuiop", "qwerty", "qwertyuiop", "bonjour", "soleil", "doudou", "loulou", "admin", "administrateur", "administrator", "welcome", "iloveyou", "letmein", "sillon", "commercial", "changeme"} {
		if word == w && w != "" {
			return true
		}
	}
	for _, run := range []string{"01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "azertyuiopqsdfghjklmwxcvbn", "qwertyuiopasdfghjklzxcvbnm"} {
		if strings.Contains(run, p) {
			return true
		}
	}
	return strings.Count(p, p[:1]) == len(p)
}

// HashPassword returns the hash of a password with a new salt, in the usual
// form $argon2id$v=19$m=…,t=…,p=…$salt$key.
func HashPassword(password string) string {
	salt := make([]byte, saltLen)
	rand.Read(salt)
	hashing <- struct{}{}
	key := argon2.IDKey([]byte(password), salt, passes, memoryKiB, lanes, keyLen)
	<-hashing
	e := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memoryKiB, passes, lanes, e(salt), e(key))
}

// verify reports whether a password has the hash. It takes as long for a hash
// that cannot be read.
func verify(ctx context.Context, password, hash string) (bool, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	var v, m, t, p int
	part := strings.Split(hash, "$")
	salt, key := make([]byte, saltLen), make([]byte, keyLen)
	known := false
	if len(part) == 6 && part[1] == "argon2id" {
		_, err1 := fmt.Sscanf(part[2], "v=%d", &v)
		_, err2 := fmt.Sscanf(part[3], "m=%d,t=%d,p=%d", &m, &t, &p)
		s, err3 := base64.RawStdEncoding.DecodeString(part[4])
		k, err4 := base64.RawStdEncoding.DecodeString(part[5])
		if errors.Join(err1, err2, err3, err4) == nil && v == argon2.Version && m > 0 && m <= 1<<20 && t > 0 && t < 100 && p > 0 && p < 100 && len(k) >= 16 {
			salt, key, known = s, k, true
		}
	}
	if !known {
		m, t, p = memoryKiB, passes, lanes
	}
	got := argon2.IDKey([]byte(password), salt, uint32(t), uint32(m), uint8(p), uint32(len(key)))
	return subtle.ConstantTimeCompare(got, key) == 1 && known, nil
}

// SignIn checks a login and a password. Whether the account exists makes no
// difference to the answer, nor to the time it takes.
func (a Sessions) SignIn(ctx context.Context, login, password string) (Account, error) {
	acc, err := a.Store.Account(ctx, login)
	if err != nil && !errors.Is(err, ErrUnknown) {
		return Account{}, err
	}
	ok, verr := verify(ctx, password, acc.Hash)
	if verr != nil {
		return Account{}, verr
	}
	if err != nil || !ok {
		return Account{}, ErrWrong
	}
	if acc.Off {
		return Account{}, ErrOff
	}
	return acc, nil
}
